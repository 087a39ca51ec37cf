//! What people may correct about themselves.

use crate::{
    access::{ActAsParticipant, Viewer, permit},
    audit::{self, Event},
    error::{AppError, FormCheck, Reason},
    people::{
        Contact, PersonForm, SelfIdentification,
        queries::{self, OwnColumns},
        record::read_person,
    },
    server::AppState,
};

/// Contact and self-identification. Names and document are corrected by the staff, who see the
/// document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnData {
    contact: Contact,
    self_identification: Option<SelfIdentification>,
}

impl OwnData {
    /// Parses the fields `email`, `phone`, `ethnic_identity`, `disability` and `consent`.
    pub fn parse(form: &PersonForm<'_>) -> Result<Self, AppError> {
        let mut check = FormCheck::default();
        let contact = Contact::check(&mut check, form);
        let said = SelfIdentification::check(&mut check, form);
        let (contact, self_identification) = check.finish((contact, said))?;
        Ok(Self {
            contact,
            self_identification,
        })
    }
}

/// Changes the viewer's own data, unless somebody else did since `version`.
pub async fn update_own_data(
    state: &AppState,
    viewer: &Viewer,
    version: i64,
    own: OwnData,
) -> Result<(), AppError> {
    let (now, person) = (state.clock.now(), viewer.person);
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, ActAsParticipant(person)).await?;
    let before = read_person(&mut tx, &state.secrets, person).await?;
    let said = own.self_identification.as_ref();
    let columns = OwnColumns {
        consented_at: said.map(|_| now),
        ..OwnColumns::of(&own.contact, said)
    };
    if !queries::update_own(&mut tx, (person, version), columns).await? {
        return Err(Reason::ChangedMeanwhile.into());
    }
    let after = read_person(&mut tx, &state.secrets, person).await?;
    let event = Event::new("own_data_update", "person", person.get())
        .before(&before.audited(None))
        .after(&after.audited(None));
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await
}
