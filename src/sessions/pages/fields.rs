//! What the pages of sessions share: when and where a session is, and the fields of its forms.

use leptos::prelude::*;

use crate::{
    courses::{Modality, queries::Facilitator, words},
    sessions::{
        Session,
        session::{MeetingForm, UnitForm},
    },
    t,
    ui::{
        Choice, DateField, FieldRow, Icon, IconShape, NumberField, SelectField, TextField,
        TimeField, time,
    },
};

/// When a session is held, or from when to when it is open.
pub(super) fn session_when(session: &Session) -> String {
    if session.is_self_paced() {
        let day = |moment| time::in_lima(moment).date();
        let days = time::date_range(day(session.starts_at), day(session.ends_at));
        t!(sessions.open_days, days = days)
    } else {
        time::time_range(session.starts_at, session.ends_at)
    }
}

/// How and where a session is held; with the link for those who may join it.
pub(super) fn session_place(session: &Session, with_link: bool) -> AnyView {
    let venue = session
        .venue
        .clone()
        .map(|venue| view! { <span>", "{venue}</span> });
    let link = session.meeting_link.clone().filter(|_| with_link);
    let link = link.map(|link| {
        view! {
            <br />
            <a href=link rel="noopener noreferrer"><Icon shape=IconShape::Video />" "{t!(sessions.join)}</a>
        }
    });
    view! { <span>{words::modality(session.modality)}</span>{venue}{link} }.into_any()
}

/// What the forms of sessions offer.
#[derive(Clone, Debug)]
pub(super) struct Offered {
    /// Places that were named before.
    pub venues: Vec<String>,
    /// Who teaches in the edition.
    pub facilitators: Vec<Facilitator>,
    /// The edition's days, as date fields have them.
    pub days: (String, String),
}

/// How a session that meets can be held.
fn modalities() -> Vec<Choice> {
    Modality::ALL
        .iter()
        .filter(|modality| **modality != Modality::SelfPaced)
        .map(|&modality| Choice::new(modality.as_str(), words::modality(modality)))
        .collect()
}

/// Title and modality: what comes first in the forms of sessions that meet.
#[component]
pub(super) fn TitleFields(
    /// The title at first.
    title: String,
    /// The modality at first.
    modality: String,
    /// What the title is for.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let title = match hint {
        Some(hint) => view! {
            <TextField name="title" label=t!(sessions.session_title) hint=hint value=title
                required=true maxlength=190 />
        }
        .into_any(),
        None => view! {
            <TextField name="title" label=t!(sessions.session_title) value=title required=true
                maxlength=200 />
        }
        .into_any(),
    };
    view! {
        {title}
        <SelectField name="modality" label=t!(courses.modality) value=modality required=true
            placeholder=t!(courses.choose) options=modalities() />
    }
}

/// Hours and worth.
#[component]
pub(super) fn HourFields(
    /// What stands in the fields at first: start, end, minutes.
    values: [String; 3],
) -> impl IntoView {
    let [start, end, minutes] = values;
    view! {
        <FieldRow>
            <TimeField name="start" label=t!(sessions.start) value=start required=true />
            <TimeField name="end" label=t!(sessions.end) value=end required=true />
            <NumberField name="planned_minutes" label=t!(sessions.planned_minutes)
                hint=t!(sessions.planned_minutes_hint) value=minutes min=1.0 max=6000.0 unit="min" />
        </FieldRow>
    }
}

/// Where, by whom.
#[component]
pub(super) fn PlaceFields(
    /// What stands in the fields at first: venue, link, facilitator.
    values: [String; 3],
    /// What is offered.
    offered: Offered,
) -> impl IntoView {
    let [venue, link, facilitator] = values;
    let people: Vec<(String, String)> = offered
        .facilitators
        .into_iter()
        .map(|one| (one.person.to_string(), one.name))
        .collect();
    view! {
        <FieldRow>
            <TextField name="venue" label=t!(courses.venue) hint=t!(sessions.venue_hint) value=venue
                maxlength=160 suggestions=offered.venues autocomplete="off" />
            <TextField name="meeting_link" label=t!(sessions.meeting_link)
                hint=t!(sessions.meeting_link_hint) value=link maxlength=500 inputmode="url"
                autocomplete="off" />
        </FieldRow>
        <SelectField name="facilitator" label=t!(sessions.facilitator) value=facilitator
            placeholder=t!(sessions.all_facilitators) options=people />
    }
}

/// All fields of a session that meets.
#[component]
pub(super) fn MeetingFields(
    /// What stands in the fields at first.
    values: MeetingForm,
    /// What is offered.
    offered: Offered,
) -> impl IntoView {
    let (first, last) = offered.days.clone();
    view! {
        <TitleFields title=values.title modality=values.modality />
        <DateField name="date" label=t!(sessions.date) value=values.date required=true min=first
            max=last />
        <HourFields values=[values.start, values.end, values.planned_minutes] />
        <PlaceFields values=[values.venue, values.meeting_link, values.facilitator] offered=offered />
    }
}

/// All fields of a session studied at one's own pace.
#[component]
pub(super) fn UnitFields(
    /// What stands in the fields at first.
    values: UnitForm,
    /// The edition's days, as date fields have them.
    days: (String, String),
) -> impl IntoView {
    let (first, last) = days;
    view! {
        <TextField name="title" label=t!(sessions.unit_title) value=values.title required=true
            maxlength=200 />
        <FieldRow>
            <DateField name="opens_on" label=t!(sessions.opens_on) value=values.opens_on required=true
                min=first.clone() max=last.clone() />
            <DateField name="closes_on" label=t!(sessions.closes_on) value=values.closes_on
                required=true min=first max=last />
            <NumberField name="planned_minutes" label=t!(sessions.planned_minutes)
                hint=t!(sessions.unit_minutes_hint) value=values.planned_minutes required=true min=1.0
                max=6000.0 unit="min" />
        </FieldRow>
    }
}
