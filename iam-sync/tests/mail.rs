//! Mail through a real SMTP server: plain, STARTTLS and TLS, with and without an account, refused and put off.
//!
//! `eval "$(.ci/mail start /tmp/mail)"` starts the server and names it in `IAM_TEST_SMTP`; without it these tests say that
//! they did not run.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

use std::{fs, path::PathBuf, sync::Arc, time::Duration};

use iam_core::{
    command::{CreateUser, SendOtpEnrolments, SendPasscode},
    model::{RealmId, Secret, UserId},
    port::{Attachment, DeliveryError, Message, MessageChannel, Messenger},
    service::{Iam, OutboxWorker},
};
use iam_storage::{host, memory::MemoryStorage};
use iam_sync::messenger::{FileMessenger, Security, Smtp, SmtpOptions};

struct Server {
    port: u16,
    tls: u16,
    folder: PathBuf,
}

fn server() -> Option<Server> {
    let Ok(text) = std::env::var("IAM_TEST_SMTP") else {
        eprintln!("NOT RUN: IAM_TEST_SMTP does not name a server; see .ci/mail");
        return None;
    };
    let parts: Vec<&str> = text.split(',').collect();
    Some(Server {
        port: parts[0].parse().unwrap(),
        tls: parts[1].parse().unwrap(),
        folder: PathBuf::from(parts[2]),
    })
}

impl Server {
    fn options(&self, security: Security, account: bool) -> SmtpOptions {
        SmtpOptions {
            port: Some(if security == Security::Tls {
                self.tls
            } else {
                self.port
            }),
            security,
            from: "Acme <no-reply@acme.example>".into(),
            user: account.then(|| "postman".into()),
            password: account.then(|| Secret::new("letterbox")),
            authority: Some(fs::read_to_string(self.folder.join("ca.pem")).unwrap()),
            timeout: Duration::from_secs(10),
            ..SmtpOptions::default()
        }
    }

    /// The messages that name a text, with the names of their files.
    fn kept(&self, text: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for entry in fs::read_dir(self.folder.join("new")).unwrap() {
            let path = entry.unwrap().path();
            let content = fs::read_to_string(&path).unwrap_or_default();
            if path.extension().is_some_and(|ending| ending == "eml") && content.contains(text) {
                found.push((path.file_name().unwrap().to_string_lossy().into_owned(), content));
            }
        }
        found
    }
}

fn message(address: &str) -> Message {
    Message {
        key: format!("key-of-{}", address.replace('@', "-at-")),
        realm: RealmId(uuid::Uuid::nil()),
        user: UserId(uuid::Uuid::nil()),
        channel: MessageChannel::Email,
        address: address.into(),
        name: "Zoë Müller".into(),
        template: "passcode".into(),
        language: "de".into(),
        subject: "Ihr Code für Acme".into(),
        text: "12345678 ist Ihr Code.\n".into(),
        html: Some("<p>12345678 ist Ihr Code.</p>".into()),
        attachments: vec![Attachment {
            name: "qr.png".into(),
            media_type: "image/png".into(),
            content: vec![1, 2, 3],
        }],
    }
}

#[tokio::test]
async fn mail_goes_over_every_kind_of_connection() {
    let Some(server) = server() else { return };
    for (security, account, expected) in [
        (Security::None, false, "plain-unknown"),
        (Security::StartTls, true, "tls-known"),
        (Security::Tls, true, "tls-known"),
        (Security::Tls, false, "tls-unknown"),
    ] {
        let address = format!("{security:?}-{account}@acme.example").to_lowercase();
        let smtp = Smtp::new(server.options(security, account)).unwrap();
        smtp.deliver(&message(&address)).await.unwrap();
        let kept = server.kept(&format!("<{address}>"));
        assert_eq!(kept.len(), 1, "{address}");
        let (file, mail) = &kept[0];
        assert!(file.contains(expected), "{file}");
        for part in [
            "From: Acme <no-reply@acme.example>",
            "Message-ID: <key-of-",
            "text/plain",
            "text/html",
            "image/png",
            "qr.png",
        ] {
            assert!(mail.contains(part), "{part} in {mail}");
        }
    }
}

#[tokio::test]
async fn what_is_refused_for_good_is_not_tried_again() {
    let Some(server) = server() else { return };
    let smtp = Smtp::new(server.options(Security::None, false)).unwrap();
    let refused = smtp
        .deliver(&message("refuse-me@acme.example"))
        .await
        .unwrap_err();
    assert!(
        matches!(&refused, DeliveryError::Never(reason) if reason.contains("550") && !reason.contains('@')),
        "{refused}"
    );
    let later = smtp
        .deliver(&message("later-please@acme.example"))
        .await
        .unwrap_err();
    assert!(
        matches!(&later, DeliveryError::Later(reason) if reason.contains("451")),
        "{later}"
    );
    smtp.deliver(&message("later-please@acme.example")).await.unwrap();
    // The wrong password is not a matter of the address: it is tried again when somebody has corrected it.
    let mut options = server.options(Security::Tls, true);
    options.password = Some(Secret::new("wrong"));
    assert!(
        Smtp::new(options)
            .unwrap()
            .deliver(&message("a@acme.example"))
            .await
            .is_err()
    );
    // A certificate that nobody vouches for, and a server that is not there.
    let mut options = server.options(Security::Tls, false);
    options.authority = None;
    let untrusted = Smtp::new(options)
        .unwrap()
        .deliver(&message("b@acme.example"))
        .await
        .unwrap_err();
    assert!(matches!(untrusted, DeliveryError::Later(_)), "{untrusted}");
    assert!(server.kept("<b@acme.example>").is_empty());
    let mut options = server.options(Security::None, false);
    options.port = Some(1);
    let gone = Smtp::new(options)
        .unwrap()
        .deliver(&message("c@acme.example"))
        .await
        .unwrap_err();
    assert!(matches!(gone, DeliveryError::Later(_)), "{gone}");
}

/// S0-52, S0-67
#[tokio::test]
async fn passcodes_and_enrolments_reach_the_mailbox() {
    let Some(server) = server() else { return };
    let iam = Iam::new(Arc::new(MemoryStorage::new()), host::system([5; 32])).unwrap();
    let acme = iam.realm("acme").await.unwrap().host("test");
    let mut users = Vec::new();
    for name in ["first", "second", "third"] {
        let user = CreateUser::new(name)
            .set("email", format!("{name}-box@acme.example"))
            .set("language", "de-CH");
        users.push(acme.execute(user).await.unwrap().id::<UserId>().unwrap());
    }
    acme.execute(SendPasscode {
        user: users[0],
        channel: Default::default(),
    })
    .await
    .unwrap();
    let all = SendOtpEnrolments {
        users: users.iter().copied().collect(),
        issuer: Some("Acme".into()),
    };
    acme.execute(all).await.unwrap();
    let worker = OutboxWorker {
        name: "mailer".into(),
        messenger: Some(Arc::new(
            Smtp::new(server.options(Security::StartTls, true)).unwrap(),
        )),
        handler: None,
    };
    let mut done = 0;
    loop {
        let report = iam.work_outbox(&worker, 10).await.unwrap();
        if report.is_empty() {
            break;
        }
        assert!(report.given_up.is_empty() && report.later == 0, "{report:?}");
        done += report.done;
    }
    assert_eq!(done, 4);
    assert_eq!(server.kept("first-box@acme.example").len(), 2);
    for name in ["second", "third"] {
        let kept = server.kept(&format!("{name}-box@acme.example"));
        assert!(kept[0].1.contains("image/png"), "{}", kept[0].1);
    }
}

#[tokio::test]
async fn a_developer_finds_messages_as_files() {
    let folder = tempfile::tempdir().unwrap();
    let messenger = FileMessenger::new(folder.path().join("mail")).unwrap();
    let message = message("dev@acme.example");
    for _ in 0..2 {
        messenger.deliver(&message).await.unwrap();
    }
    let sms = Message {
        channel: MessageChannel::Sms,
        address: "+41790000000".into(),
        key: "sms".into(),
        ..message
    };
    messenger.deliver(&sms).await.unwrap();
    let mut names: Vec<String> = fs::read_dir(messenger.folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["key-of-dev-at-acme.example.eml", "sms.txt"]);
}
