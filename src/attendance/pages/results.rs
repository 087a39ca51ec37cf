//! Grades, tests and materials of an edition, one person a line.

use std::collections::BTreeMap;

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::{locked_notice, share_bar};
use crate::{
    access::{RecordResults, permit, viewer},
    attendance::{
        Share,
        actions::RecordResults as RecordResultsForm,
        queries::{self, ResultsRow},
        results::{LineFields, is_untouched, mean, shown},
        shares,
    },
    courses::{
        EditionHeader, EditionId,
        pages::{EditionFrame, EditionTab},
        visible_header,
    },
    enrolment::EnrolmentId,
    error::AppError,
    paths,
    people::listed_name,
    server::{
        page::{page, path_id, returned_form},
        services,
    },
    t,
    ui::{
        ButtonLink, EmptyState, Form, FormActions, FormState, HiddenField, Icon, IconShape, Table,
    },
};

/// What the page shows.
struct Sheet {
    header: EditionHeader,
    rows: Vec<ResultsRow>,
    shares: BTreeMap<EnrolmentId, Share>,
    form: FormState,
    /// What came back, by field.
    typed: BTreeMap<String, String>,
}

/// Results of an edition.
#[component]
pub fn EditionResultsPage() -> impl IntoView {
    let id = path_id::<EditionId>("id");
    let form = returned_form().for_action(RecordResultsForm::PATH);
    page(async move {
        let sheet = load(id?, form).await?;
        let (locked, table) = (locked_notice(&sheet.header), sheet.view());
        Ok(view! {
            <EditionFrame header=sheet.header tab=EditionTab::Results action=None>
                {locked}
                {table}
            </EditionFrame>
        }
        .into_any())
    })
}

async fn load(id: EditionId, form: FormState) -> Result<Sheet, AppError> {
    let (viewer, state) = (viewer()?, services());
    let mut connection = state.database.read().await?;
    let _ = permit(&mut connection, &viewer, RecordResults(id)).await?;
    let rows = queries::results(&mut connection, id).await?;
    let mut typed = BTreeMap::new();
    for row in &rows {
        for kind in ["grade", "pre", "post", "materials", "was", "version"] {
            let name = format!("{kind}-{}", row.enrolment);
            if let Some(value) = form.value(&name) {
                typed.insert(name.clone(), value.to_owned());
            }
        }
    }
    Ok(Sheet {
        header: visible_header(&mut connection, Some(&viewer), id).await?,
        rows,
        shares: shares(&mut connection, id, state.clock.now()).await?,
        form,
        typed,
    })
}

impl Sheet {
    fn view(&self) -> AnyView {
        if self.rows.is_empty() {
            let next = view! {
                <ButtonLink href=paths::edition_enrolments(self.header.id)>
                    {t!(attendance.grid.to_enrolments)}
                </ButtonLink>
            };
            return view! {
                <EmptyState title=t!(attendance.results.nobody)
                    body=t!(attendance.results.nobody_body) action=next.into_any() />
            }
            .into_any();
        }
        let table = self.table();
        if self.header.is_locked() {
            return table;
        }
        let edition = self.header.id.to_string();
        view! {
            <p class="quiet">{t!(attendance.results.scale)}</p>
            <Form action=RecordResultsForm::PATH form=&self.form>
                <HiddenField name="edition" value=edition />
                {table}
                <FormActions submit=t!(attendance.results.save) />
            </Form>
        }
        .into_any()
    }

    fn is_graded(&self) -> bool {
        self.header.min_grade_tenths.is_some()
    }

    fn table(&self) -> AnyView {
        let grade = self
            .is_graded()
            .then(|| view! { <th scope="col">{t!(attendance.results.grade)}</th> });
        let lines: Vec<AnyView> = self.rows.iter().map(|row| self.line(row)).collect();
        let foot = self.foot();
        view! {
            <Table caption=t!(attendance.results.caption) caption_hidden=true cards=true>
                <thead><tr>
                    <th scope="col">{t!(attendance.grid.person)}</th>
                    <th scope="col">{t!(attendance.title)}</th>
                    {grade}
                    <th scope="col">{t!(attendance.results.pre)}</th>
                    <th scope="col">{t!(attendance.results.post)}</th>
                    <th scope="col">{t!(attendance.results.materials)}</th>
                </tr></thead>
                <tbody>{lines}</tbody>
                <tfoot>{foot}</tfoot>
            </Table>
        }
        .into_any()
    }

    /// The means of what is recorded.
    fn foot(&self) -> AnyView {
        let of = |value: fn(&ResultsRow) -> Option<i64>| {
            let mean = shown(mean(self.rows.iter().map(value)));
            if mean.is_empty() {
                "–".to_owned()
            } else {
                mean
            }
        };
        let grade = self.is_graded().then(|| {
            view! { <td data-label=t!(attendance.results.grade)>{of(|row| row.grade_tenths)}</td> }
        });
        let given = self.rows.iter().filter(|row| row.materials).count();
        view! {
            <tr>
                <th scope="row">{t!(attendance.results.mean)}</th>
                <td></td>
                {grade}
                <td data-label=t!(attendance.results.pre)>{of(|row| row.pre_test_tenths)}</td>
                <td data-label=t!(attendance.results.post)>{of(|row| row.post_test_tenths)}</td>
                <td data-label=t!(attendance.results.materials)>{format!("{given}/{}", self.rows.len())}</td>
            </tr>
        }
        .into_any()
    }

    fn line(&self, row: &ResultsRow) -> AnyView {
        let name = listed_name(
            &row.given_names,
            &row.paternal_surname,
            row.maternal_surname.as_deref(),
        );
        let institution = row
            .institution
            .clone()
            .map(|institution| view! { <span class="quiet small">{institution}</span> });
        let share = self.shares.get(&row.enrolment).copied().unwrap_or_default();
        let bar = share_bar(share, self.header.min_share_permille);
        let grade = self
            .is_graded()
            .then(|| self.score(row, "grade", row.grade_tenths, t!(attendance.results.grade)));
        view! {
            <tr>
                <th scope="row">
                    <span class="result-person">{name}{institution}</span>
                    {self.meanwhile(row)}
                    {self.hidden(row)}
                </th>
                <td data-label=t!(attendance.title)>{bar}</td>
                {grade}
                {self.score(row, "pre", row.pre_test_tenths, t!(attendance.results.pre))}
                {self.score(row, "post", row.post_test_tenths, t!(attendance.results.post))}
                {self.materials(row)}
            </tr>
        }
        .into_any()
    }

    /// Whether what was typed in this line is shown rather than what is recorded. A line that its
    /// writer left alone shows what is recorded by now.
    fn shows_typed(&self, row: &ResultsRow) -> bool {
        self.form.is_returned() && !is_untouched(LineFields::new(&self.typed, row.enrolment))
    }

    fn value(&self, row: &ResultsRow, name: &str, recorded: String) -> String {
        if self.shows_typed(row) {
            self.form.value(name).unwrap_or_default().to_owned()
        } else {
            recorded
        }
    }

    /// What one has seen when one saves: always what is recorded now, so that saving again after
    /// somebody else's change overrules it knowingly.
    fn hidden(&self, row: &ResultsRow) -> Option<AnyView> {
        let id = row.enrolment;
        (!self.header.is_locked()).then(|| {
            view! {
                <input type="hidden" name=format!("was-{id}") value=row.results().to_field() />
                <input type="hidden" name=format!("version-{id}") value=row.version.to_string() />
            }
            .into_any()
        })
    }

    /// What somebody else has recorded while this line was being filled in.
    fn meanwhile(&self, row: &ResultsRow) -> Option<AnyView> {
        let was = self.form.value(&format!("was-{}", row.enrolment))?;
        if was == row.results().to_field() || !self.shows_typed(row) {
            return None;
        }
        let or_none = |tenths| match shown(tenths) {
            text if text.is_empty() => "–".to_owned(),
            text => text,
        };
        let now = t!(
            attendance.results.meanwhile,
            grade = or_none(row.grade_tenths),
            pre = or_none(row.pre_test_tenths),
            post = or_none(row.post_test_tenths)
        );
        Some(
            view! { <p class="field-error small"><Icon shape=IconShape::Triangle />{now}</p> }
                .into_any(),
        )
    }

    /// One number of one person.
    fn score(
        &self,
        row: &ResultsRow,
        kind: &'static str,
        recorded: Option<i64>,
        label: String,
    ) -> AnyView {
        if self.header.is_locked() {
            return view! { <td data-label=label>{shown(recorded)}</td> }.into_any();
        }
        let name = format!("{kind}-{}", row.enrolment);
        let fault = self.form.error(&name).map(str::to_owned);
        let (error_id, invalid) = (format!("{name}-error"), fault.is_some().then_some("true"));
        let described_by = fault.is_some().then(|| error_id.clone());
        let fault = fault.map(|fault| {
            view! { <span class="field-error small" id=error_id>{fault}</span> }
        });
        let spoken = format!("{label}: {} {}", row.given_names, row.paternal_surname);
        view! {
            <td data-label=label>
                <input class="input input-score" type="text" inputmode="decimal" maxlength="5"
                    autocomplete="off" id=name.clone() name=name.clone() aria-label=spoken
                    value=self.value(row, &name, shown(recorded))
                    aria-invalid=invalid aria-describedby=described_by />
                {fault}
            </td>
        }
        .into_any()
    }

    fn materials(&self, row: &ResultsRow) -> AnyView {
        let label = t!(attendance.results.materials);
        if self.header.is_locked() {
            let given = if row.materials {
                t!(attendance.results.given)
            } else {
                t!(attendance.results.not_given)
            };
            return view! { <td data-label=label>{given}</td> }.into_any();
        }
        let name = format!("materials-{}", row.enrolment);
        let ticked = if self.shows_typed(row) {
            self.form.value(&name).is_some()
        } else {
            row.materials
        };
        let spoken = format!("{label}: {} {}", row.given_names, row.paternal_surname);
        view! {
            <td data-label=label>
                <span class="choice">
                    <input type="checkbox" name=name value="1" checked=ticked aria-label=spoken />
                </span>
            </td>
        }
        .into_any()
    }
}
