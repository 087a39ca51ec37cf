//! How messages read: every kind, in both languages, with nobody real in them.

use crate::test_app::TestApp;

#[tokio::test]
async fn every_letter_is_shown_in_both_languages() {
    let app = TestApp::new().await;
    let page = app
        .sign_in("coordinator")
        .await
        .get("/letters")
        .await
        .html();
    let (spanish, english) = page.split_once("En inglés").expect("both");
    for part in [spanish, english] {
        assert_eq!(part.matches("<details>").count(), 20);
        for kind in [
            "Invitación: ",
            "Contraseña nueva: ",
            "Cuenta por terminar: ",
            "Registro repetido: ",
            "Solicitud recibida: ",
            "Inscripción: ",
            "Lista de espera: ",
            "Vacante obtenida: ",
            "Solicitud no aceptada: ",
            "Retiro: ",
            "Fechas o lugar cambiados: ",
            "Edición cancelada: ",
            "Recordatorio de sesión: ",
            "Sesión cambiada: ",
            "Sesión cancelada: ",
            "Certificado emitido: ",
            "Certificado revocado: ",
        ] {
            assert!(part.contains(kind), "{kind}");
        }
    }
    assert!(spanish.contains("Hola, Rosa:"));
    assert!(spanish.contains("Le recordamos su sesión «Primera sesión: la escena»"));
    assert!(english.contains("Hello, Rosa,"));
    assert!(english.contains("This is a reminder of your session “First session: the scene”"));
    assert!(!page.contains("Núñez"));
}
