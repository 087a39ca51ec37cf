//! What other domains ask about people.

use capacita::people::{
    AffiliationSnapshot, Country, Department, InstitutionId, PersonHit, PersonId, Sector, Sex,
    find, find_with_document, hit, snapshot,
};

use super::{ROSA, create};
use crate::test_app::TestApp;

#[tokio::test]
async fn a_snapshot_is_the_present_affiliation() {
    let app = TestApp::new().await;
    let mut connection = app.state.database.read().await.expect("a connection");
    let rosa = snapshot(&mut connection, PersonId::new(5))
        .await
        .expect("read");
    let expected = AffiliationSnapshot {
        institution: Some(InstitutionId::new(1)),
        institution_name: Some("Fiscalía Especializada en Materia Ambiental".into()),
        sector: Some(Sector::Prosecution),
        unit_name: None,
        position: Some("Fiscal adjunta".into()),
        department: Some(Department::Loreto),
        country: Country::Peru,
        sex: Sex::Female,
    };
    assert_eq!(rosa, Some(expected));
    let wari = snapshot(&mut connection, PersonId::new(8))
        .await
        .expect("read");
    let wari = wari.expect("a person");
    assert_eq!(
        (wari.institution, wari.country, wari.sex),
        (None, Country::Peru, Sex::Male)
    );
    let nobody = snapshot(&mut connection, PersonId::new(99))
        .await
        .expect("read");
    assert_eq!(nobody, None);
}

#[tokio::test]
async fn people_are_found_to_be_picked() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let id = create(&coordinator, ROSA).await;
    let mut connection = app.state.database.read().await.expect("a connection");
    let nunez = PersonHit {
        id: PersonId::new(5),
        name: "Núñez Quispe, Rosa".into(),
        institution: Some("Fiscalía Especializada en Materia Ambiental".into()),
    };
    let rosa = PersonHit {
        id: PersonId::new(id),
        name: "Ñahui Ch'aska, Rosa".into(),
        institution: None,
    };
    let both = find(&mut connection, "rosa", 10).await.expect("read");
    assert_eq!(both, [rosa.clone(), nunez.clone()]);
    assert_eq!(
        find(&mut connection, "rosa", 1).await.expect("read"),
        std::slice::from_ref(&rosa)
    );
    assert_eq!(
        find(&mut connection, "fema", 10).await.expect("read"),
        std::slice::from_ref(&nunez)
    );
    assert_eq!(find(&mut connection, "", 10).await.expect("read"), []);
    let secrets = &app.state.secrets;
    let by_document = find_with_document(&mut connection, secrets, "0123-4567", 10).await;
    assert_eq!(by_document.expect("read"), [rosa]);
    let by_name = find_with_document(&mut connection, secrets, "nunez", 10).await;
    assert_eq!(by_name.expect("read"), std::slice::from_ref(&nunez));
    assert_eq!(
        hit(&mut connection, nunez.id).await.expect("read"),
        Some(nunez)
    );
    assert_eq!(
        hit(&mut connection, PersonId::new(99)).await.expect("read"),
        None
    );
}
