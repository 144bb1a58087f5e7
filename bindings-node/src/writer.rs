//! Writes JSON for JavaScript: whole numbers that a JavaScript number cannot hold become `{"$bigint": "9007199254740993"}`.
//! Made for short texts without anything to escape, of which a page of records has ten thousand; they are looked at in
//! one go and copied.

use std::fmt::{self, Write};

use serde::ser::{self, Serialize};

/// The largest whole number that a double holds together with all that are smaller.
const SAFE: u64 = (1 << 53) - 1;

/// Why something cannot be written as JSON.
#[derive(Debug)]
pub struct Unwritable(String);

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unwritable {}

impl ser::Error for Unwritable {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Unwritable(message.to_string())
    }
}

type Done = Result<(), Unwritable>;

/// Writes behind what is there; says whether there was a number that was too large.
pub fn write<T: Serialize + ?Sized>(out: &mut String, value: &T) -> Result<bool, Unwritable> {
    let mut writer = Writer { out, large: false };
    value.serialize(&mut writer)?;
    Ok(writer.large)
}

struct Writer<'a> {
    out: &'a mut String,
    large: bool,
}

impl Writer<'_> {
    fn quoted(&mut self, text: &str) {
        self.out.push('"');
        // Without a way out in the middle the loop takes many bytes at once.
        let plain = |all, byte: &u8| all & (*byte >= b' ') & (*byte != b'"') & (*byte != b'\\');
        if text.as_bytes().iter().fold(true, plain) {
            self.out.push_str(text);
        } else {
            text.chars().for_each(|character| self.escaped(character));
        }
        self.out.push('"');
    }

    fn escaped(&mut self, character: char) {
        match character {
            '"' | '\\' => {
                self.out.push('\\');
                self.out.push(character);
            }
            ..' ' => self.display(format_args!("\\u{:04x}", u32::from(character))),
            _ => self.out.push(character),
        }
    }

    /// A text takes whatever is written.
    fn display(&mut self, value: impl fmt::Display) {
        let written = write!(self.out, "{value}");
        debug_assert!(written.is_ok());
    }

    fn whole(&mut self, number: impl fmt::Display, size: u64) -> Done {
        if size <= SAFE {
            self.display(number);
        } else {
            self.large = true;
            self.display(format_args!(r#"{{"$bigint":"{number}"}}"#));
        }
        Ok(())
    }
}

/// A list or an object that has begun.
struct Inside<'w, 'o> {
    writer: &'w mut Writer<'o>,
    first: bool,
    end: &'static str,
}

impl<'w, 'o> Inside<'w, 'o> {
    fn new(writer: &'w mut Writer<'o>, begin: &str, end: &'static str) -> Result<Self, Unwritable> {
        writer.out.push_str(begin);
        Ok(Inside {
            writer,
            first: true,
            end,
        })
    }

    /// `{"variant":[` and `{"variant":{`.
    fn variant(
        writer: &'w mut Writer<'o>,
        variant: &str,
        begin: &str,
        end: &'static str,
    ) -> Result<Self, Unwritable> {
        writer.out.push('{');
        writer.quoted(variant);
        writer.out.push(':');
        Inside::new(writer, begin, end)
    }

    fn comma(&mut self) {
        if !std::mem::take(&mut self.first) {
            self.writer.out.push(',');
        }
    }

    fn item<T: ?Sized + Serialize>(&mut self, value: &T) -> Done {
        self.comma();
        value.serialize(&mut *self.writer)
    }

    /// Keys are texts; those that are not become some.
    fn key<T: ?Sized + Serialize>(&mut self, key: &T) -> Done {
        self.comma();
        let start = self.writer.out.len();
        key.serialize(&mut *self.writer)?;
        if self.writer.out.as_bytes().get(start) != Some(&b'"') {
            self.writer.out.insert(start, '"');
            self.writer.out.push('"');
        }
        self.writer.out.push(':');
        Ok(())
    }

    fn field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Done {
        self.comma();
        self.writer.quoted(name);
        self.writer.out.push(':');
        value.serialize(&mut *self.writer)
    }

    fn close(self) -> Done {
        self.writer.out.push_str(self.end);
        Ok(())
    }
}

macro_rules! whole {
    ($($method:ident $number:ty, $size:expr;)*) => {$(
        fn $method(self, number: $number) -> Done {
            let size: fn($number) -> u64 = $size;
            self.whole(number, size(number))
        }
    )*};
}

impl<'w, 'o> ser::Serializer for &'w mut Writer<'o> {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Inside<'w, 'o>;
    type SerializeTuple = Inside<'w, 'o>;
    type SerializeTupleStruct = Inside<'w, 'o>;
    type SerializeTupleVariant = Inside<'w, 'o>;
    type SerializeMap = Inside<'w, 'o>;
    type SerializeStruct = Inside<'w, 'o>;
    type SerializeStructVariant = Inside<'w, 'o>;

    whole! {
        serialize_i8 i8, |number| number.unsigned_abs().into();
        serialize_i16 i16, |number| number.unsigned_abs().into();
        serialize_i32 i32, |number| number.unsigned_abs().into();
        serialize_i64 i64, i64::unsigned_abs;
        serialize_u8 u8, u64::from;
        serialize_u16 u16, u64::from;
        serialize_u32 u32, u64::from;
        serialize_u64 u64, u64::from;
    }

    fn serialize_bool(self, value: bool) -> Done {
        self.out.push_str(if value { "true" } else { "false" });
        Ok(())
    }
    fn serialize_f32(self, value: f32) -> Done {
        self.serialize_f64(value.into())
    }
    fn serialize_f64(self, value: f64) -> Done {
        match serde_json::Number::from_f64(value) {
            Some(number) => self.display(number),
            None => self.out.push_str("null"),
        }
        Ok(())
    }
    fn serialize_char(self, value: char) -> Done {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }
    fn serialize_str(self, value: &str) -> Done {
        self.quoted(value);
        Ok(())
    }
    fn serialize_bytes(self, value: &[u8]) -> Done {
        value.serialize(self)
    }
    fn serialize_none(self) -> Done {
        self.serialize_unit()
    }
    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Done {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Done {
        self.out.push_str("null");
        Ok(())
    }
    fn serialize_unit_struct(self, _: &'static str) -> Done {
        self.serialize_unit()
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Done {
        self.serialize_str(variant)
    }
    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Done {
        let mut inside = Inside::new(self, "{", "}")?;
        inside.field(variant, value)?;
        inside.close()
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Inside<'w, 'o>, Unwritable> {
        Inside::new(self, "[", "]")
    }
    fn serialize_tuple(self, _: usize) -> Result<Inside<'w, 'o>, Unwritable> {
        Inside::new(self, "[", "]")
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Inside<'w, 'o>, Unwritable> {
        Inside::new(self, "[", "]")
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Inside<'w, 'o>, Unwritable> {
        Inside::variant(self, variant, "[", "]}")
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Inside<'w, 'o>, Unwritable> {
        Inside::new(self, "{", "}")
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Inside<'w, 'o>, Unwritable> {
        Inside::new(self, "{", "}")
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Inside<'w, 'o>, Unwritable> {
        Inside::variant(self, variant, "{", "}}")
    }
}

macro_rules! lists {
    ($($list:ident $method:ident)*) => {$(
        impl ser::$list for Inside<'_, '_> {
            type Ok = ();
            type Error = Unwritable;
            fn $method<T: ?Sized + Serialize>(&mut self, value: &T) -> Done {
                self.item(value)
            }
            fn end(self) -> Done {
                self.close()
            }
        }
    )*};
}

lists! {
    SerializeSeq serialize_element
    SerializeTuple serialize_element
    SerializeTupleStruct serialize_field
    SerializeTupleVariant serialize_field
}

macro_rules! structures {
    ($($structure:ident)*) => {$(
        impl ser::$structure for Inside<'_, '_> {
            type Ok = ();
            type Error = Unwritable;
            fn serialize_field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Done {
                self.field(name, value)
            }
            fn end(self) -> Done {
                self.close()
            }
        }
    )*};
}

structures! { SerializeStruct SerializeStructVariant }

impl ser::SerializeMap for Inside<'_, '_> {
    type Ok = ();
    type Error = Unwritable;
    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Done {
        self.key(key)
    }
    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Done {
        value.serialize(&mut *self.writer)
    }
    fn end(self) -> Done {
        self.close()
    }
}
