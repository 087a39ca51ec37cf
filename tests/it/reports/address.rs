//! The address holds the whole view: what it asks for stands in the form, or travels along with it.

use std::collections::BTreeSet;

use axum::http::StatusCode;

use crate::test_app::{Client, TestApp};

/// What the browser sends when the line of filters is sent as it came.
async fn sent_again(client: &Client, query: &str) -> BTreeSet<(String, String)> {
    let page = client.get(&format!("/reports/totals?{query}")).await;
    assert_eq!(page.status, StatusCode::OK, "{query}: {}", page.body);
    let html = page.html();
    let form = html.split(r#" class="filter""#).nth(1).expect("the line");
    let form = form.split("</form>").next().expect("its end");
    let attribute = |tag: &str, name: &str| {
        let value = tag.split(&format!(r#"{name}=""#)).nth(1)?;
        value.split('"').next().map(str::to_owned)
    };
    let mut pairs = BTreeSet::new();
    for input in form.split("<input").skip(1) {
        let tag = input.split('>').next().unwrap_or_default();
        if let (Some(name), Some(value)) = (attribute(tag, " name"), attribute(tag, " value")) {
            pairs.insert((name, value));
        }
    }
    for select in form.split("<select").skip(1) {
        let name = attribute(select, " name").expect("a name");
        let options = select.split("<option").skip(1);
        let chosen = options
            .filter_map(|option| option.split('>').next())
            .filter(|tag| tag.contains(" selected"))
            .filter_map(|tag| attribute(tag, " value"));
        pairs.extend(chosen.map(|value| (name.clone(), value)));
    }
    pairs.retain(|(_, value)| !value.is_empty());
    pairs
}

#[tokio::test]
async fn the_form_sends_again_what_the_address_asked() {
    let app = TestApp::new().await;
    let manager = app.sign_in("manager").await;
    for query in [
        "period=fy2022",
        "period=cy2016&from=2016-03-01",
        "from=2026-01-01&to=2026-12-31",
        "sector=police&sector=judiciary",
        "program=1&program=2&kind=workshop&kind=intensive",
        "course=1&edition=1&month=2026-11&institution=2&sex=f&sex=m",
        "by=sector&by=sex&by=month&by=modality",
        "department=16&department=08&modality=in_person",
        "by=sector&small=withheld",
    ] {
        let asked: BTreeSet<(String, String)> = form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        assert_eq!(sent_again(&manager, query).await, asked, "{query}");
    }
}

#[tokio::test]
async fn what_has_no_field_is_told_by_name_and_can_be_dropped() {
    let app = TestApp::new().await;
    let manager = app.sign_in("manager").await;
    let query = "institution=2&sex=f&edition=1&course=1&month=2026-11&sector=police&sector=judiciary&by=sector,sex,month";
    let html = manager
        .get(&format!("/reports/totals?{query}"))
        .await
        .html();
    for told in [
        "Sexo: Femenino",
        "Curso: Cadena de custodia",
        "Edición: Cadena de custodia",
        "Mes: noviembre 2026",
        "Sector: judicatura",
        "Separado también por: Mes",
    ] {
        assert!(
            html.to_lowercase().contains(&told.to_lowercase()),
            "{told}: {html}"
        );
    }
    assert!(html.contains("Institución: Policía de Prueba"), "{html}");
    let dropped = html
        .split(r#"aria-label="Quitar Sexo: Femenino""#)
        .next()
        .and_then(|before| before.rsplit("href=\"").next())
        .and_then(|href| href.split('"').next())
        .expect("the way to drop it");
    assert!(!dropped.contains("sex=f"), "{dropped}");
    assert!(
        dropped.contains("institution=2") && dropped.contains("sector=judiciary"),
        "{dropped}"
    );
}

#[tokio::test]
async fn two_parameters_that_leave_no_day_are_both_named() {
    let app = TestApp::new().await;
    let manager = app.sign_in("manager").await;
    let query = "period=cy2022&from=2024-01-01";
    for file in ["", ".csv", ".xlsx"] {
        let answer = manager.get(&format!("/reports/totals{file}?{query}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{file}");
        for named in ["from", "2024-01-01", "period", "cy2022"] {
            assert!(
                answer.body.contains(named),
                "{file} {named}: {}",
                answer.body
            );
        }
        assert!(!answer.body.contains("2022-12-31"), "nobody typed that");
    }
}
