//! A message as mail: MIME, with text, HTML and attachments.

use iam_core::port::{DeliveryError, Message as Outgoing};
use lettre::{
    Message,
    message::{Attachment, Mailbox, MultiPart, SinglePart, header::ContentType},
};

/// The mail of a message.
///
/// # Errors
/// [`DeliveryError::Never`] when an address or a media type is not one.
pub(super) fn mail(from: &Mailbox, message: &Outgoing) -> Result<Message, DeliveryError> {
    let never = |what: &str| DeliveryError::Never(what.to_owned());
    let address = message
        .address
        .parse()
        .map_err(|_| never("the address is not one that mail can be sent to"))?;
    let name = Some(message.name.clone()).filter(|name| !name.is_empty());
    let builder = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(name, address))
        .subject(&message.subject)
        // The same message sent twice is recognised by it.
        .message_id(Some(format!("<{}@{}>", message.key, from.email.domain())));
    let plain = SinglePart::plain(message.text.clone());
    let body = match &message.html {
        Some(html) => MultiPart::alternative()
            .singlepart(plain)
            .singlepart(SinglePart::html(html.clone())),
        None => MultiPart::mixed().singlepart(plain),
    };
    let mut whole = match (&message.html, message.attachments.is_empty()) {
        (Some(_), false) => MultiPart::mixed().multipart(body),
        _ => body,
    };
    for attachment in &message.attachments {
        let content_type = ContentType::parse(&attachment.media_type)
            .map_err(|_| never("the media type of an attachment"))?;
        whole = whole.singlepart(
            Attachment::new(attachment.name.clone()).body(attachment.content.clone(), content_type),
        );
    }
    builder
        .multipart(whole)
        .map_err(|_| never("the mail cannot be written"))
}
