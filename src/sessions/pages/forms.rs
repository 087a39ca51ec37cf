//! The forms that add sessions: one at a time, one a page address, so that no field stands twice.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::fields::{HourFields, MeetingFields, Offered, PlaceFields, TitleFields, UnitFields};
use crate::{
    courses::{EditionHeader, Modality},
    paths,
    server::returned_form,
    sessions::{
        actions::{CreateMeeting, CreateSeries, CreateUnit},
        session::{MeetingForm, UnitForm},
    },
    t,
    ui::{
        CheckboxField, DateField, FieldRow, FieldSet, Form, FormActions, HiddenField, Section,
        TabItem, Tabs,
    },
};

/// Which form is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Adding {
    /// Many sessions on days of the week.
    Series,
    /// One session that meets.
    Meeting,
    /// One session studied at one's own pace.
    Unit,
}

impl Adding {
    const ALL: [Self; 3] = [Self::Series, Self::Meeting, Self::Unit];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Series => "series",
            Self::Meeting => "meeting",
            Self::Unit => "unit",
        }
    }

    fn label(self) -> String {
        match self {
            Self::Series => t!(sessions.add_series),
            Self::Meeting => t!(sessions.add_meeting),
            Self::Unit => t!(sessions.add_unit),
        }
    }

    /// The form that the address names; else the one that fits the edition.
    pub(super) fn chosen(typed: &str, header: &EditionHeader) -> Self {
        let named = Self::ALL.into_iter().find(|form| form.as_str() == typed);
        named.unwrap_or(if header.modality == Modality::SelfPaced {
            Self::Unit
        } else {
            Self::Series
        })
    }
}

/// The part of the schedule where sessions are added.
pub(super) fn add_section(header: &EditionHeader, adding: Adding, offered: Offered) -> AnyView {
    let items = Adding::ALL
        .into_iter()
        .map(|form| {
            let path = paths::edition_sessions(header.id).with("add", form.as_str());
            TabItem::new(form.label(), format!("{path}#add"), form == adding)
        })
        .collect();
    let form = match adding {
        Adding::Series => series_form(header, offered),
        Adding::Meeting => meeting_form(header, offered),
        Adding::Unit => unit_form(header, offered.days),
    };
    view! {
        <Section title=t!(sessions.add) id="add">
            <Tabs label=t!(sessions.add) items=items />
            {form}
        </Section>
    }
    .into_any()
}

/// The modality that a new session has at first: the edition's, where it meets.
fn modality(header: &EditionHeader) -> String {
    match header.modality {
        Modality::SelfPaced => Modality::LiveOnline.to_string(),
        modality => modality.to_string(),
    }
}

fn series_form(header: &EditionHeader, offered: Offered) -> AnyView {
    let (first, last) = offered.days.clone();
    let edition = header.id.to_string();
    let modality = modality(header);
    view! {
        <Form action=CreateSeries::PATH form=returned_form()>
            <HiddenField name="edition" value=edition />
            <TitleFields title=String::new() modality=modality hint=t!(sessions.series_title_hint) />
            <FieldSet legend=t!(sessions.weekdays) row=true>
                <CheckboxField name="mon" label=t!(sessions.monday) />
                <CheckboxField name="tue" label=t!(sessions.tuesday) />
                <CheckboxField name="wed" label=t!(sessions.wednesday) />
                <CheckboxField name="thu" label=t!(sessions.thursday) />
                <CheckboxField name="fri" label=t!(sessions.friday) />
                <CheckboxField name="sat" label=t!(sessions.saturday) />
                <CheckboxField name="sun" label=t!(sessions.sunday) />
            </FieldSet>
            <FieldRow>
                <DateField name="from" label=t!(sessions.from) value=first.clone() required=true
                    min=first.clone() max=last.clone() />
                <DateField name="until" label=t!(sessions.until) value=last.clone() required=true
                    min=first max=last />
            </FieldRow>
            <HourFields values=Default::default() />
            <PlaceFields values=Default::default() offered=offered />
            <FormActions submit=t!(sessions.add_series) />
        </Form>
    }
    .into_any()
}

fn meeting_form(header: &EditionHeader, offered: Offered) -> AnyView {
    let values = MeetingForm {
        modality: modality(header),
        date: offered.days.0.clone(),
        ..MeetingForm::default()
    };
    let edition = header.id.to_string();
    view! {
        <Form action=CreateMeeting::PATH form=returned_form()>
            <HiddenField name="edition" value=edition />
            <MeetingFields values=values offered=offered />
            <FormActions submit=t!(sessions.add_meeting) />
        </Form>
    }
    .into_any()
}

fn unit_form(header: &EditionHeader, days: (String, String)) -> AnyView {
    let values = UnitForm {
        opens_on: days.0.clone(),
        closes_on: days.1.clone(),
        ..UnitForm::default()
    };
    let edition = header.id.to_string();
    view! {
        <Form action=CreateUnit::PATH form=returned_form()>
            <HiddenField name="edition" value=edition />
            <UnitFields values=values days=days />
            <FormActions submit=t!(sessions.add_unit) />
        </Form>
    }
    .into_any()
}
