//! Adding and changing a course.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::parts::crumb;
use crate::{
    access::{ManageProgram, permit, viewer},
    courses::{
        CourseId, CourseKind, ProgramId,
        actions::{CreateCourse, UpdateCourse},
        course::{Course, CourseForm, PREREQUISITES},
        operations::manage_course,
        queries, words,
    },
    error::AppError,
    paths, plural,
    server::{page, page::path_id, returned_form, services},
    t,
    ui::{
        CheckboxField, FieldSet, Form, FormActions, HiddenField, NumberField, Page, SelectField,
        TextAreaField, TextField, VersionField, Width, number,
    },
};

/// Courses that may be asked for, with their titles.
type Possible = Vec<(CourseId, String)>;

/// A new course of a program.
#[component]
pub fn CourseNewPage() -> impl IntoView {
    let id = path_id::<ProgramId>("id");
    page(async move {
        let id = id?;
        let viewer = viewer()?;
        let state = services();
        let mut connection = state.database.read().await?;
        let _permit = permit(&mut connection, &viewer, ManageProgram(id)).await?;
        let program = queries::program(&mut connection, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let possible = queries::possible_prerequisites(&mut connection, id, None).await?;
        let crumbs = vec![
            crumb(t!(courses.programs), paths::programs()),
            crumb(program.name, paths::program(id)),
            (t!(courses.course.new), None),
        ];
        let values = CourseForm {
            min_share: "80".to_owned(),
            min_grade: "14".to_owned(),
            graded: "true".to_owned(),
            ..CourseForm::default()
        };
        Ok(view! {
            <Page title=t!(courses.course.new) width=Width::Form breadcrumbs=crumbs>
                <Form action=CreateCourse::PATH form=returned_form()>
                    <HiddenField name="program" value=id.to_string() />
                    <CourseFields values=values possible=possible />
                    <FormActions submit=t!(courses.course.create) cancel=paths::program(id) />
                </Form>
            </Page>
        }
        .into_any())
    })
}

/// Changing a course.
#[component]
pub fn CourseEditPage() -> impl IntoView {
    let id = path_id::<CourseId>("id");
    page(async move {
        let id = id?;
        let viewer = viewer()?;
        let state = services();
        let mut connection = state.database.read().await?;
        let permit = manage_course(&mut connection, &viewer, id).await?;
        let program = permit.action().0;
        let course = queries::course(&mut connection, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let required = queries::prerequisites(&mut connection, id).await?;
        let possible = queries::possible_prerequisites(&mut connection, program, Some(id)).await?;
        let keeping = queries::announced_editions(&mut connection, id).await?;
        let keeping = (keeping > 0).then(|| plural!(keeping, courses.course.rule_kept));
        let crumbs = vec![
            crumb(t!(courses.programs), paths::programs()),
            crumb(course.program_name.clone(), paths::program(program)),
            crumb(course.title.clone(), paths::course(id)),
            (t!(courses.edit), None),
        ];
        Ok(view! {
            <Page title=t!(courses.course.edit) width=Width::Form breadcrumbs=crumbs>
                <Form action=UpdateCourse::PATH form=returned_form()>
                    <HiddenField name="course" value=id.to_string() />
                    <VersionField now=course.version />
                    <CourseFields values=values(course, &required) possible=possible keeping=keeping />
                    <FormActions submit=t!(courses.save) cancel=paths::course(id) />
                </Form>
            </Page>
        }
        .into_any())
    })
}

/// What is kept, as it would be typed.
fn values(course: Course, required: &[(CourseId, String)]) -> CourseForm {
    let tick = |yes: bool| if yes { "true" } else { "" }.to_owned();
    let prerequisite = |index: usize| {
        let found = required.get(index);
        found.map(|(id, _)| id.to_string()).unwrap_or_default()
    };
    CourseForm {
        title: course.title,
        kind: course.kind.to_string(),
        summary: course.summary,
        audience: course.audience,
        outcomes: course.outcomes,
        syllabus: course.syllabus,
        planned_hours: (course.planned_minutes / 60).to_string(),
        planned_minutes: (course.planned_minutes % 60).to_string(),
        min_share: number::tenths(course.min_share_permille),
        graded: tick(course.min_grade_tenths.is_some()),
        min_grade: number::tenths(course.min_grade_tenths.unwrap_or(140)),
        excused_counts: tick(course.excused_counts),
        prerequisite_1: prerequisite(0),
        prerequisite_2: prerequisite(1),
        prerequisite_3: prerequisite(2),
    }
}

#[component]
fn CourseFields(
    /// What stands in the fields at first.
    values: CourseForm,
    /// What may be asked for.
    possible: Possible,
    /// Which editions a change of the rule leaves as they are.
    #[prop(optional_no_strip)]
    keeping: Option<String>,
) -> impl IntoView {
    let kinds: Vec<_> = CourseKind::ALL
        .iter()
        .map(|&kind| (kind.as_str(), words::kind(kind)))
        .collect();
    let chosen = [
        values.prerequisite_1.clone(),
        values.prerequisite_2.clone(),
        values.prerequisite_3.clone(),
    ];
    let rule = rule_fields(&values, keeping);
    let prerequisites = prerequisite_fields(possible, chosen);
    view! {
        <TextField name="title" label=t!(courses.course.title) value=values.title.clone() required=true
            maxlength=200 />
        <SelectField name="kind" label=t!(courses.kind) value=values.kind.clone() required=true
            placeholder=t!(courses.choose) options=kinds />
        <TextAreaField name="summary" label=t!(courses.course.summary)
            hint=t!(courses.course.summary_hint) value=values.summary.clone() maxlength=500 rows=2 />
        <TextAreaField name="audience" label=t!(courses.course.audience)
            hint=t!(courses.course.audience_hint) value=values.audience.clone() maxlength=500 rows=2 />
        <TextAreaField name="outcomes" label=t!(courses.course.outcomes)
            hint=t!(courses.course.outcomes_hint) value=values.outcomes.clone() maxlength=4000 rows=5 />
        <TextAreaField name="syllabus" label=t!(courses.course.syllabus)
            hint=t!(courses.course.markdown_hint) value=values.syllabus.clone() maxlength=20000 rows=12 />
        <FieldSet legend=t!(courses.course.length) hint=t!(courses.course.length_hint) row=true>
            <NumberField name="planned_hours" label=t!(courses.course.hours)
                value=values.planned_hours.clone() min=0.0 max=1000.0 unit="h" />
            <NumberField name="planned_minutes" label=t!(courses.course.minutes)
                value=values.planned_minutes.clone() min=0.0 max=59.0 unit="min" />
        </FieldSet>
        {rule}
        {prerequisites}
    }
}

fn rule_fields(values: &CourseForm, keeping: Option<String>) -> AnyView {
    let (share, grade) = (values.min_share.clone(), values.min_grade.clone());
    let (graded, excused) = (!values.graded.is_empty(), !values.excused_counts.is_empty());
    let keeping = keeping.map(|sentence| view! { <p class="field-hint">{sentence}</p> });
    view! {
        <FieldSet legend=t!(courses.course.rule) hint=t!(courses.course.rule_hint)>
            {keeping}
            <NumberField name="min_share" label=t!(courses.course.min_share)
                value=share required=true min=1.0 max=100.0 step="0.1" unit="%" />
            <CheckboxField name="graded" label=t!(courses.course.graded)
                checked=graded />
            <NumberField name="min_grade" label=t!(courses.course.min_grade)
                hint=t!(courses.course.min_grade_hint) value=grade min=0.0 max=20.0
                step="0.1" unit=t!(courses.course.of_twenty) />
            <CheckboxField name="excused_counts" label=t!(courses.course.excused_counts)
                checked=excused />
        </FieldSet>
    }
    .into_any()
}

/// Nothing where the program has no other course.
fn prerequisite_fields(possible: Possible, chosen: [String; 3]) -> Option<AnyView> {
    if possible.is_empty() {
        return None;
    }
    let options: Vec<(String, String)> = possible
        .into_iter()
        .map(|(id, title)| (id.to_string(), title))
        .collect();
    let fields = (1..).zip(PREREQUISITES).zip(chosen);
    let fields = fields.map(|((number, field), chosen)| {
        view! {
            <SelectField name=field label=t!(courses.course.prerequisite, number = number)
                value=chosen placeholder=t!(courses.course.no_prerequisite) options=options.clone() />
        }
    });
    let fields = fields.collect_view();
    Some(
        view! {
            <FieldSet legend=t!(courses.course.prerequisites) hint=t!(courses.course.prerequisites_hint)>
                {fields}
            </FieldSet>
        }
        .into_any(),
    )
}
