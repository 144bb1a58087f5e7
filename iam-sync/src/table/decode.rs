//! From bytes to text, chunk by chunk.

use std::{fmt, io::Read};

use encoding_rs::{Decoder, DecoderResult};
use iam_core::wire::{Code, Problem};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How the bytes of a file mean characters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// UTF-8, with or without byte order mark.
    pub const UTF_8: Encoding = Encoding(encoding_rs::UTF_8);
    /// UTF-16, the low byte first; what spreadsheets call “Unicode text”.
    pub const UTF_16LE: Encoding = Encoding(encoding_rs::UTF_16LE);
    /// UTF-16, the high byte first.
    pub const UTF_16BE: Encoding = Encoding(encoding_rs::UTF_16BE);
    /// Windows-1252: what spreadsheets in western Europe and America save as plain “CSV”.
    pub const WINDOWS_1252: Encoding = Encoding(encoding_rs::WINDOWS_1252);

    /// An encoding by one of its registered names, such as `iso-8859-15`, `shift_jis`, `gbk`.
    ///
    /// ```
    /// # use iam_sync::table::Encoding;
    /// assert_eq!(Encoding::from_name("UTF8"), Some(Encoding::UTF_8));
    /// assert_eq!(Encoding::from_name("EBCDIC"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Encoding> {
        encoding_rs::Encoding::for_label(name.as_bytes()).map(Encoding)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

impl fmt::Debug for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Encoding {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Encoding {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let name = String::deserialize(d)?;
        Encoding::from_name(&name)
            .ok_or_else(|| serde::de::Error::custom(format!("“{name}” is not an encoding")))
    }
}

const CHUNK: usize = 64 * 1024;

/// Reads bytes and hands out text.
pub(super) struct Decode<R> {
    read: R,
    bytes: Vec<u8>,
    decoder: Option<Decoder>,
    encoding: Option<Encoding>,
    started: bool,
    ended: bool,
    lines: u64,
}

impl<R: Read> Decode<R> {
    pub(super) fn new(read: R, encoding: Option<Encoding>) -> Self {
        Decode {
            read,
            bytes: Vec::new(),
            decoder: None,
            encoding,
            started: false,
            ended: false,
            lines: 0,
        }
    }

    /// What was found out about the encoding so far; a file without any character beyond ASCII is UTF-8.
    pub(super) fn encoding(&self) -> Encoding {
        self.encoding.unwrap_or(Encoding::UTF_8)
    }

    /// The next piece of text in place of the last one; `false` at the end.
    pub(super) fn next_chunk(&mut self, text: &mut String) -> Result<bool, Problem> {
        text.clear();
        while text.is_empty() {
            if self.ended && self.bytes.is_empty() {
                return Ok(false);
            }
            self.fill()?;
            if !self.started {
                self.started = true;
                self.begin()?;
            }
            if self.decoder.is_none() && self.take_ascii(text) {
                break;
            }
            self.decode(text)?;
        }
        self.lines += text.bytes().filter(|byte| *byte == b'\n').count() as u64;
        Ok(true)
    }

    /// Reads until the buffer is full, so that the size of a chunk does not depend on the one who delivers.
    fn fill(&mut self) -> Result<(), Problem> {
        let wanted = CHUNK.saturating_sub(self.bytes.len());
        if self.ended || wanted == 0 {
            return Ok(());
        }
        let read = (&mut self.read)
            .take(wanted as u64)
            .read_to_end(&mut self.bytes)
            .map_err(|error| Problem::new(Code::File, "the file cannot be read").caused_by(error))?;
        self.ended = read < wanted;
        Ok(())
    }

    /// Byte order marks, and what is not a text at all.
    fn begin(&mut self) -> Result<(), Problem> {
        if self.bytes.starts_with(b"PK\x03\x04") || self.bytes.starts_with(b"\xD0\xCF\x11\xE0") {
            return Err(Problem::new(
                Code::File,
                "this is a workbook and not a CSV file; save the sheet as CSV",
            ));
        }
        if let Some((encoding, length)) = encoding_rs::Encoding::for_bom(&self.bytes) {
            if self.encoding.is_none_or(|given| given.0 == encoding) {
                self.bytes.drain(..length);
                self.encoding = Some(Encoding(encoding));
            }
        } else if self.encoding.is_none() && self.bytes.iter().take(2).any(|byte| *byte == 0) {
            return Err(Problem::new(
                Code::File,
                "the file is not text, or it is UTF-16 without a byte order mark; name the encoding",
            ));
        }
        if let Some(encoding) = self.encoding {
            self.decoder = Some(encoding.0.new_decoder_without_bom_handling());
        }
        Ok(())
    }

    /// While everything is ASCII nothing has to be decided. The first other byte decides: where a well-formed
    /// UTF-8 sequence starts, the file is UTF-8, else it is Windows-1252. That does not depend on where chunks end.
    fn take_ascii(&mut self, text: &mut String) -> bool {
        let ascii = self
            .bytes
            .iter()
            .position(|byte| !byte.is_ascii())
            .unwrap_or(self.bytes.len());
        let rest = self.bytes.get(ascii..).unwrap_or_default();
        let encoding = match str::from_utf8(rest.get(..4).unwrap_or(rest)) {
            _ if rest.is_empty() => None,
            Ok(_) => Some(Encoding::UTF_8),
            Err(error) if error.valid_up_to() > 0 => Some(Encoding::UTF_8),
            // The sequence may go on in the next chunk.
            Err(error) if error.error_len().is_none() && !self.ended => None,
            Err(_) => Some(Encoding::WINDOWS_1252),
        };
        if let Some(encoding) = encoding {
            self.encoding = Some(encoding);
            self.decoder = Some(encoding.0.new_decoder_without_bom_handling());
            return false;
        }
        text.extend(self.bytes.drain(..ascii).map(char::from));
        true
    }

    fn decode(&mut self, text: &mut String) -> Result<(), Problem> {
        let Some(decoder) = &mut self.decoder else {
            return Ok(());
        };
        let length = decoder
            .max_utf8_buffer_length_without_replacement(self.bytes.len())
            .unwrap_or(4 * CHUNK);
        text.reserve(length);
        let (result, read) = decoder.decode_to_string_without_replacement(&self.bytes, text, self.ended);
        self.bytes.drain(..read);
        match result {
            DecoderResult::InputEmpty | DecoderResult::OutputFull => Ok(()),
            DecoderResult::Malformed(..) => {
                let line = self.lines + 1 + text.bytes().filter(|byte| *byte == b'\n').count() as u64;
                Err(Problem::new(
                    Code::File,
                    format!(
                        "line {line} holds bytes that are not {}; name the encoding of the file",
                        self.encoding()
                    ),
                ))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &[u8], encoding: Option<Encoding>) -> Result<(String, Encoding), Problem> {
        let mut decode = Decode::new(bytes, encoding);
        let (mut all, mut chunk) = (String::new(), String::new());
        while decode.next_chunk(&mut chunk)? {
            all.push_str(&chunk);
        }
        Ok((all, decode.encoding()))
    }

    /// S1-3
    #[test]
    fn encodings_are_recognised() {
        let utf16 = |units: &mut dyn Iterator<Item = [u8; 2]>| units.flatten().collect::<Vec<u8>>();
        let text = "naïve „Ä“ 😀";
        let little = utf16(&mut "\u{feff}naïve „Ä“ 😀".encode_utf16().map(u16::to_le_bytes));
        let big = utf16(&mut "\u{feff}naïve „Ä“ 😀".encode_utf16().map(u16::to_be_bytes));
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), Encoding::UTF_8),
            ([b"\xEF\xBB\xBF", text.as_bytes()].concat(), Encoding::UTF_8),
            (little, Encoding::UTF_16LE),
            (big, Encoding::UTF_16BE),
        ] {
            assert_eq!(decode(&bytes, None).unwrap(), (text.to_owned(), encoding));
        }
        assert_eq!(
            decode(b"caf\xE9 \x80 5", None).unwrap(),
            ("café € 5".to_owned(), Encoding::WINDOWS_1252)
        );
        assert_eq!(
            decode(b"plain", None).unwrap(),
            ("plain".to_owned(), Encoding::UTF_8)
        );
        let named = Encoding::from_name("iso-8859-15");
        assert_eq!(decode(b"\xA4", named).unwrap().0, "€");
    }

    #[test]
    fn the_decision_does_not_depend_on_chunks() {
        for before in CHUNK - 5..CHUNK + 2 {
            let mut bytes = vec![b'a'; before];
            bytes.extend("😀é".as_bytes());
            let (text, encoding) = decode(&bytes, None).unwrap();
            assert!(text.ends_with("a😀é") && encoding == Encoding::UTF_8, "{before}");
            let mut bytes = vec![b'a'; before];
            bytes.extend(b"\xE9t\xE9");
            let (text, encoding) = decode(&bytes, None).unwrap();
            assert!(
                text.ends_with("été") && encoding == Encoding::WINDOWS_1252,
                "{before}"
            );
        }
        assert_eq!(decode(b"a\xC3", None).unwrap().0, "aÃ");
    }

    #[test]
    fn contradictions_and_workbooks_are_refused_with_the_line() {
        let problem = decode(b"\xC3\xA9\nx\n\xE9t", None).unwrap_err();
        assert!(problem.message.starts_with("line 3 "), "{problem}");
        assert!(
            decode(b"PK\x03\x04rest", None)
                .unwrap_err()
                .message
                .contains("workbook")
        );
        assert!(decode(b"i\0d\0", None).unwrap_err().message.contains("UTF-16"));
        assert_eq!(decode(b"i\0d\0", Some(Encoding::UTF_16LE)).unwrap().0, "id");
        assert!(decode(b"\xFF\xFE\x00\xD8x\0", None).is_err());
    }
}
