//! Where people are from: it is said which country, but for those recorded before that was asked.

use capacita::error::{AppError, Fault};

use super::{ROSA, create, with};
use crate::test_app::TestApp;

/// The labels of the choices of a select, the chosen one with a star.
fn choices(html: &str, name: &str) -> Vec<String> {
    let (_, rest) = html
        .split_once(&format!("name=\"{name}\""))
        .expect("a select");
    let select = rest.split("</select>").next().unwrap_or_default();
    let options = select.split("<option").skip(1);
    let label = |option: &str| {
        let (tag, rest) = option.split_once('>').expect("an option");
        let star = if tag.contains("selected") { "*" } else { "" };
        format!("{star}{}", rest.split('<').next().unwrap_or_default())
    };
    options.map(label).collect()
}

#[tokio::test]
async fn peru_and_its_neighbours_come_first_and_every_country_has_a_name() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let page = coordinator.get("/people/new").await;
    let offered = choices(&page.html(), "nationality");
    let first = [
        "*Perú",
        "Bolivia",
        "Brasil",
        "Chile",
        "Colombia",
        "Ecuador",
        "Afganistán",
    ];
    assert_eq!(offered[..7], first);
    assert!(!offered.iter().any(|name| name == "Otro país"));
    let mut names = offered.clone();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), offered.len(), "two of one name");
    for name in ["Nepal", "Tayikistán", "Zimbabue"] {
        assert!(offered.iter().any(|one| one == name), "{name}");
    }
}

#[tokio::test]
async fn any_other_country_stays_where_it_is_recorded_until_it_is_said_which() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let id = create(&coordinator, ROSA).await.to_string();
    let save = async |version: &str, nationality: &str| {
        let mut form = with(ROSA, &[("nationality", nationality)]);
        form.extend([("person", id.as_str()), ("version", version)]);
        coordinator.post("people/update_person", &form).await
    };
    let refused = AppError::field("nationality", Fault::UnknownChoice);
    assert_eq!(save("1", "ZZ").await.error(), refused);

    app.execute("UPDATE people SET nationality = 'ZZ' WHERE given_names = 'Rosa' AND paternal_surname = 'Ñahui'")
        .await;
    let page = coordinator.get(&format!("/people/{id}")).await;
    assert!(page.html().contains("Otro país"));
    let form = coordinator.get(&format!("/people/{id}/edit")).await;
    let offered = choices(&form.html(), "nationality");
    assert_eq!(offered.last().map(String::as_str), Some("*Otro país"));
    assert!(save("1", "ZZ").await.status.is_success());
    assert!(save("2", "NP").await.status.is_success());
    assert_eq!(save("3", "ZZ").await.error(), refused);
    assert_eq!(
        app.count("SELECT count(*) FROM people WHERE nationality = 'NP'")
            .await,
        1
    );
}

#[tokio::test]
async fn an_institution_says_its_country_too() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let form = [
        ("name", "Interpol"),
        ("sector", "police"),
        ("country", "ZZ"),
    ];
    let answer = coordinator.post("people/create_institution", &form).await;
    assert_eq!(
        answer.error(),
        AppError::field("country", Fault::UnknownChoice)
    );
}
