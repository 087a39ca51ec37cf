//! Lists for an edition with quotas.

use super::{act, list, outcomes, sent};
use crate::test_app::TestApp;

#[tokio::test]
async fn a_list_brings_nobody_into_the_register_whose_group_is_full() {
    let app = TestApp::new().await;
    app.execute(
        "UPDATE editions SET seats = 100, waiting_list = 0 WHERE id = 1;
         INSERT INTO edition_quotas (edition_id, sector, reserved, at_most)
         VALUES (1, 'police', 0, 0)",
    )
    .await;
    let coordinator = app.sign_in("coordinator").await;
    let people = app.count("SELECT count(*) FROM people").await;
    let content = list(&[
        "12345678;Rojas;;Iván;M;1990;Policía de Prueba;",
        "41234567;Quispe;Mamani;Luz;F;1985;FEMA;",
    ]);
    let id = sent(&app, &coordinator, "1", &content).await;
    act(&coordinator, "apply", &id).await;
    assert_eq!(outcomes(&app).await, "refused enrolled");
    assert_eq!(app.count("SELECT count(*) FROM people").await, people + 1);
    let page = coordinator.get(&format!("/nominations/{id}")).await;
    assert!(page.html().contains("Su grupo ya ocupó"), "{}", page.html());
}
