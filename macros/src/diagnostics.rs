use proc_macro2::Span;
#[derive(Default)]
pub struct Diagnostics(Vec<syn::Error>);
impl Diagnostics {
    pub fn error(&mut self, span: Span, message: &str) { self.0.push(syn::Error::new(span, message)); }
}
