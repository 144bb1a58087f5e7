//! Messages as files and on the console: for development and tests.

use std::{
    fs,
    path::{Path, PathBuf},
};

use async_trait::async_trait;
use iam_core::port::{DeliveryError, Message, MessageChannel, Messenger};
use lettre::message::Mailbox;

use super::mail::mail;

/// Writes each message as a file: `KEY.eml` for mail, `KEY.txt` for SMS. The same message twice is one file.
///
/// The files hold passcodes and links in the clear: for a developer's machine.
#[derive(Debug, Clone)]
pub struct FileMessenger {
    folder: PathBuf,
}

impl FileMessenger {
    /// Into a folder, which is made when it is not there.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn new(folder: impl Into<PathBuf>) -> std::io::Result<FileMessenger> {
        let folder = folder.into();
        fs::create_dir_all(&folder)?;
        Ok(FileMessenger { folder })
    }

    /// Where the messages are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

#[async_trait]
impl Messenger for FileMessenger {
    async fn deliver(&self, message: &Message) -> Result<(), DeliveryError> {
        let sender = Mailbox::new(None, "iam@localhost.localdomain".parse().map_err(never)?);
        let (ending, content) = match message.channel {
            MessageChannel::Email => ("eml", mail(&sender, message)?.formatted()),
            MessageChannel::Sms => (
                "txt",
                format!("To: {}\n\n{}", message.address, message.text).into_bytes(),
            ),
        };
        // Written aside and renamed: whoever looks sees whole messages only.
        let part = self.folder.join(format!("{}.part", message.key));
        let whole = self.folder.join(format!("{}.{ending}", message.key));
        fs::write(&part, content)
            .and_then(|()| fs::rename(&part, whole))
            .map_err(|error| DeliveryError::Later(error.kind().to_string()))
    }
}

fn never(error: impl std::fmt::Display) -> DeliveryError {
    DeliveryError::Never(error.to_string())
}

/// Prints each message on standard error.
#[derive(Debug, Clone, Copy, Default)]
pub struct ConsoleMessenger;

#[async_trait]
impl Messenger for ConsoleMessenger {
    async fn deliver(&self, message: &Message) -> Result<(), DeliveryError> {
        eprintln!(
            "--- {} to {} <{}> ({})\n{}\n\n{}\n---",
            message.template, message.name, message.address, message.language, message.subject, message.text
        );
        Ok(())
    }
}
