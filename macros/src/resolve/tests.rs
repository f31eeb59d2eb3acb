//! What resolves to what, as dumps: `name_id` binds, `name_id_kind` mentions.

use quote::quote;
use syn::Pat;
use syn::parse::Parser;

use super::{dump, resolve};

fn resolved(arguments: &[&str], body: proc_macro2::TokenStream) -> (String, Vec<String>) {
    let block = syn::parse2(quote!({ #body })).expect("the test's body parses");
    let patterns: Vec<Pat> = arguments
        .iter()
        .map(|pattern| {
            Pat::parse_single
                .parse_str(pattern)
                .expect("the test's pattern parses")
        })
        .collect();
    let mut errors = Vec::new();
    let body = resolve(&patterns, &[], &block, &mut |_, message| {
        errors.push(message.to_owned());
    });
    (dump(&body), errors)
}

/// Spacing does not matter.
#[track_caller]
fn check(arguments: &[&str], body: proc_macro2::TokenStream, expected: proc_macro2::TokenStream) {
    let (dump, errors) = resolved(arguments, body);
    assert_eq!(errors, Vec::<String>::new());
    let dump: proc_macro2::TokenStream = dump.parse().expect("a dump is tokens");
    let inner = match dump.clone().into_iter().last() {
        Some(proc_macro2::TokenTree::Group(block)) if arguments_are_simple(arguments) => {
            block.stream()
        }
        _ => dump,
    };
    let packed = |tokens: proc_macro2::TokenStream| tokens.to_string().replace(' ', "");
    assert_eq!(packed(inner), packed(expected));
}

fn arguments_are_simple(arguments: &[&str]) -> bool {
    arguments
        .iter()
        .all(|argument| !argument.contains(['(', '{', '&']))
}

#[test]
fn an_initialiser_sees_the_binding_that_it_shadows() {
    check(
        &["x"],
        quote!(let x = x + 1; { let x = x; f(x); } f(x)),
        quote!(
            let x_1 = x_0_value + 1;
            { let x_2 = x_1_value; f(x_2_value); }
            f(x_1_value)
        ),
    );
}

#[test]
fn an_else_block_does_not_see_the_bindings() {
    check(
        &["x"],
        quote!(let Some(x) = x else { return x; }; x),
        quote!(let Some(x_1) = x_0_scrutinee else { return x_0_value; }; x_1_value),
    );
}

#[test]
fn links_of_a_let_chain_are_in_scope_of_the_later_links_and_of_the_body_alone() {
    check(
        &["x"],
        quote!(if let Some(x) = x
            && let Some(y) = x.f
            && y
        {
            x
        } else {
            x
        }),
        quote!(if let Some(x_1) = x_0_scrutinee
            && let Some(y_2) = x_1_place.f
            && y_2_value
        {
            x_1_value
        } else {
            x_0_value
        }),
    );
}

#[test]
fn alternatives_bind_the_same_local_and_guards_see_it() {
    check(
        &["x"],
        quote!(match x {
            A(y) | B(y, _) if y > 1 => y,
            None => x,
            ref z @ C => z,
            LIMIT => 0,
        }),
        quote!(match x_0_scrutinee {
            A(y_1) | B(y_1, _) if y_1_place > 1 => y_1_value,
            None => x_0_value,
            ref z_2 @ C => z_2_value,
            LIMIT => 0,
        }),
    );
}

#[test]
fn shorthand_fields_are_written_out_only_where_the_name_is_a_local() {
    check(
        &["x"],
        quote!(let S { x: y, ref z, .. } = x; S { y, other, z: z }),
        quote!(
            let S { x: y_1, z: ref z_2, .. } = x_0_scrutinee;
            S { y: y_1_value, other, z: z_2_value }
        ),
    );
}

#[test]
fn loops_scope_their_patterns() {
    check(
        &["x"],
        quote!('a: for x in x { while let Some(x) = x.next() { break 'a x; } } x),
        quote!(
            'a: for x_1 in x_0_value {
                while let Some(x_2) = x_1_receiver.next() { break 'a x_2_value; }
            }
            x_0_value
        ),
    );
}

#[test]
fn parameters_and_bindings_of_closures_are_not_ours() {
    check(
        &["x", "y"],
        quote!(f(|x: u8| x + y); g(move || { let y = y; y + x.f }); h(async { y.await })),
        quote!(
            f(|x: u8| x + y_1_value_in);
            g(move || { let y = y_1_capture_in; y + x_0_capture_in.f });
            h(async { y_1_value_in.await })
        ),
    );
}

#[test]
fn a_wildcard_does_not_capture() {
    check(
        &["x"],
        quote!(f(move || { let _ = x.f; _ = x; }); let _ = x;),
        quote!(f(move || { let _ = x_0_place_in.f; _ = x_0_place_in; }); let _ = x_0_place;),
    );
}

#[test]
fn items_hide_locals_in_their_whole_block() {
    check(
        &["f", "fs"],
        quote!({ f(); fn f() { fs } use std::fs; fs(); } f(); fs),
        quote!({ f(); fn f() { fs } use std::fs; fs(); } f_0_receiver(); fs_1_value),
    );
}

#[test]
fn uses_are_told_apart() {
    check(
        &["self", "x"],
        quote!(
            x = 1; x += 2; (x).m(x); &x; &mut x.f; x[x]; *x; x == x; x + x; x?; x.f = x;
            (x, self.f, _) = (1, 2, 3); (self.n, x) .k(); match x.f { _ => -x } S { ..x }; x as u8
        ),
        quote!(
            x_1_assign = 1; x_1_place += 2; (x_1_receiver).m(x_1_value); &x_1_place;
            &mut x_1_place.f; x_1_place[x_1_value]; *x_1_place; x_1_place == x_1_place;
            x_1_value + x_1_value; x_1_value?; x_1_place.f = x_1_value;
            (x_1_assign, self_0_place.f, _) = (1, 2, 3); (self_0_place.n, x_1_value).k();
            match x_1_place.f { _ => -x_1_value } S { ..x_1_place }; x_1_value as u8
        ),
    );
}

#[test]
fn formatting_macros_name_what_their_string_captures() {
    check(
        &["x", "w", "y"],
        quote!(println!("{x} {0:w$} {{y}} {y:?} {z}", x.f, y = w); write!(x, "{y:>1$}{y}", w)),
        quote!(
            println!("{x} {0:w$} {{y}} {y:?} {z}", x_0_place.f, y = w_1_place, x = x_0_place,
                w = w_1_place);
            write!(x_0_place, "{y:>1$}{y}", w_1_place, y = y_2_place)
        ),
    );
}

#[test]
fn assert_keeps_its_text() {
    check(
        &["x"],
        quote!(assert!(x); assert!(x, "{x}"); assert_eq!(x, 1); stringify!(x); vec![x; 2];),
        quote!(
            assert!(x_0_place, "assertion failed: x");
            assert!(x_0_place, "{x}", x = x_0_place);
            assert_eq!(x_0_place, 1);
            stringify!(x);
            vec![x_0_value; 2];
        ),
    );
}

#[test]
fn a_format_string_means_a_raw_identifier_by_a_keyword() {
    check(
        &["r#type", "self"],
        quote!(println!("{type} {self}")),
        quote!(println!(
            "{type} {self}",
            r#type = type_0_place,
            self = self_1_place
        )),
    );
}

#[test]
fn pin_is_spelled_out() {
    check(
        &["x"],
        quote!(let p = pin!(x); f(std::pin::pin!(g()))),
        quote!(
            let mut pinned_1 = x_0_value;
            let p_2 = ::core::pin::Pin::new_unchecked(&mut pinned_1_place);
            f(::core::pin::Pin::new_unchecked(&mut g()))
        ),
    );
}

#[test]
fn dbg_keeps_its_text() {
    let (dump, _) = resolved(&["x"], quote!(let y = dbg!(x);));
    assert!(dump.contains("match x_0_value"), "{dump}");
    assert!(dump.contains("\"x\""), "{dump}");
}

#[test]
fn matches_binds_its_pattern() {
    check(
        &["x", "y"],
        quote!(matches!(x, Some(y) if y > x); matches!(y, y,)),
        quote!(
            matches!(x_0_scrutinee, Some(y_2) if y_2_place > x_0_place);
            matches!(y_1_scrutinee, y_3,)
        ),
    );
}

#[test]
fn unknown_macros_get_aliases_for_their_strings() {
    check(
        &["x", "self"],
        quote!(
            info!(x, f(x)); warn!(?x, x.y, x::y, x!(), "{x}"); log!("{x}"); m!(x = x);
            m!(x => self.f; self::g);
        ),
        quote!(
            info!(x_0_place, f(x_0_value));
            __costate_alias!([x = x_0_place] warn!(?x_0_place, x_0_place.y, x::y, x!(), "{x}"));
            __costate_alias!([x = x_0_place] log!("{x}"));
            m!(x = x_0_place);
            m!(x_0_place => self_1_place.f; self::g);
        ),
    );
}

#[test]
fn a_local_macro_sees_the_locals_before_it() {
    check(
        &["x"],
        quote! { macro_rules! plus { ($y:expr) => { $y + x }; } plus!(x) },
        quote! { macro_rules! plus { ($y:expr) => { $y + x_0_place }; } plus!(x_0_place) },
    );
}

#[test]
fn patterns_as_arguments_bind_after_all_arguments() {
    check(
        &["(a, b)", "mut c", "_"],
        quote!(a + b + c),
        quote!(
            let (a_3, b_4) = argument0;
            let _ = argument2;
            { a_3_value + b_4_value + c_1_value }
        ),
    );
}

#[test]
fn a_hidden_return_is_refused() {
    let (_, errors) = resolved(&["x"], quote!(futures::ready!(x)));
    assert_eq!(errors.len(), 1);
    assert!(errors[0].starts_with("`futures::ready!` hides a `return`"));
}

#[test]
fn the_return_of_a_bail_is_a_closures() {
    let (_, errors) = resolved(&["x"], quote!(anyhow::bail!("{x}")));
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn what_takes_less_than_a_word_is_guessed_from_types_values_names_and_conditions() {
    let block = syn::parse_quote!({
        let a: u16 = f();
        let b = r.read_u8().await?;
        let c = read_i32_le(r).await;
        let d = x.is_empty();
        let e = x.len() as u32;
        let f = 1;
        let g = 1u8;
        let h = a == b;
        let i = true;
        let j = r.get().await;
        let k: u64 = r.read_u8().await;
        let l = f();
        let m = f();
        let n = f();
        let o = f();
        let p = f();
        if l && !m || *n {}
        let q = g(o as usize, p as u32, k as u64);
    });
    let body = resolve(&[], &[], &block, &mut |_, _| {});
    let bytes = body
        .locals
        .iter()
        .map(|local| local.bytes.unwrap_or(0).to_string());
    assert_eq!(bytes.collect::<String>(), "21414011100110400".to_owned());
}

#[test]
fn plain_data_is_what_certainly_copies_or_is_a_reference() {
    let block = syn::parse_quote!({
        let a = 1;
        let b = &mut a;
        let c = &b;
        let d: u64 = f();
        let e = f();
        let g = [0u8; 4];
        let h = (1, String::new());
        let i = x == y;
        let ref j = 1;
        let (k, l) = (1, 2);
        let m: &mut T = f();
    });
    let body = resolve(&[], &[], &block, &mut |_, _| {});
    let looks: String = body
        .locals
        .iter()
        .map(|local| match (local.plain_data, local.unique) {
            (true, false) => 'c',
            (true, true) => 'u',
            _ => '?',
        })
        .collect();
    assert_eq!(looks, "cucc?c?c???u");
}
