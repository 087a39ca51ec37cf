//! TLS to the mail server: its certificate is checked, and nothing is said before that.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
};

use super::{
    MailServer, deliver, mail, queue,
    server::{Privacy, Server},
    standings,
};
use crate::test_app::TestApp;

/// An authority of somebody's own, as PEM, and what a server at `name` shows with its blessing.
fn authority(name: &str) -> (String, TlsAcceptor) {
    let mut params = CertificateParams::new(Vec::<String>::new()).expect("no names");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().expect("a key");
    let authority = CertifiedIssuer::self_signed(params, key).expect("an authority");
    let key = KeyPair::generate().expect("a key");
    let params = CertificateParams::new([name.to_owned()]).expect("a name");
    let shown = params.signed_by(&key, &authority).expect("signed");
    let secret = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![shown.der().clone()], secret)
        .expect("a server");
    (authority.pem(), TlsAcceptor::from(Arc::new(config)))
}

/// The server's address in a scheme, with the authority's blessing asked for.
fn address(server: &Server, scheme: &str, pem: &str) -> MailServer {
    let port = server.port();
    let url = format!("{scheme}://rosa:secreto@localhost:{port}?tls=required");
    let server = mail(&url);
    server.trusting(pem.as_bytes()).expect("a certificate")
}

/// Sends one message; returns where it stands and what the server was told in private.
async fn send(server: &Server, address: MailServer) -> (Vec<String>, Vec<String>) {
    server.offer("AUTH PLAIN");
    let app = TestApp::new().await.with_mail(address).await;
    queue(&app, "rosa@capacita.test", |_| ()).await;
    deliver(&app).await;
    (standings(&app).await, server.said())
}

#[tokio::test]
async fn a_message_goes_out_in_tls_from_the_first_byte_and_after_asking_for_it() {
    let (pem, acceptor) = authority("localhost");
    for (scheme, privacy) in [
        ("smtps", Privacy::Tls(acceptor.clone())),
        ("smtp", Privacy::StartTls(acceptor.clone())),
    ] {
        let server = Server::start_with(privacy).await;
        let (standings, said) = send(&server, address(&server, scheme, &pem)).await;
        assert_eq!(standings, ["sent - - 1"], "{scheme}");
        assert_eq!(server.taken().len(), 1, "{scheme}");
        // The password is said in private alone.
        assert!(said[1].starts_with("AUTH PLAIN"), "{scheme}: {said:?}");
    }
}

#[tokio::test]
async fn nothing_is_said_to_a_server_that_nobody_vouches_for() {
    let (pem, _) = authority("localhost");
    let (_, stranger) = authority("localhost");
    let (elsewhere_pem, elsewhere) = authority("mail.example.pe");
    for (scheme, privacy, pem) in [
        ("smtps", Privacy::Tls(stranger.clone()), &pem),
        ("smtp", Privacy::StartTls(stranger), &pem),
        ("smtps", Privacy::Tls(elsewhere), &elsewhere_pem),
        // It offers no TLS where TLS is asked for.
        ("smtp", Privacy::None, &pem),
    ] {
        let server = Server::start_with(privacy).await;
        let (standings, said) = send(&server, address(&server, scheme, pem)).await;
        assert_eq!(standings, ["queued unreachable - 1"], "{scheme}");
        assert!(
            !said.iter().any(|line| line.starts_with("AUTH")),
            "{said:?}"
        );
        assert_eq!(server.taken(), [], "{scheme}");
    }
}

#[test]
fn what_vouches_must_be_a_certificate() {
    let wrong = "--smtp-ca is no certificate in PEM";
    for pem in [
        "",
        "no certificate",
        "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n",
    ] {
        let read = mail("smtps://localhost").trusting(pem.as_bytes());
        assert_eq!(read.err().as_deref(), Some(wrong), "{pem}");
    }
}
