//! Writes the Swift side of the interface.

fn main() {
    uniffi::uniffi_bindgen_swift();
}
