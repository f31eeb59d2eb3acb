//! Fields that leave their local.

use super::*;

#[test]
fn fields_that_may_be_moved_are_told_to_the_guard() {
    check(
        &["a_"],
        quote!(f(a_.x); a_.y.z = g(a_.y.z); a_.y = 1; a_.n = a_.n + 1;),
        quote!(
            f(a_live.part(&raw const (*(*a_at)).x, 1, |place: *mut _, gone: u64| {
                let whole = ::core::ptr::read(place);
                if gone & 1 != 0 { p::forget(whole.x); }
                if gone & 2 != 0 { p::forget(whole.y.z); }
            }).take());
            a_live.assign_part(&raw mut (*(*a_at)).y.z, 2, 0, |place: *mut _, gone: u64| {
                let whole = ::core::ptr::read(place);
            }, g(a_live.part(&raw const (*(*a_at)).y.z, 2, |place: *mut _, gone: u64| {
                let whole = ::core::ptr::read(place);
                if gone & 1 != 0 { p::forget(whole.x); }
                if gone & 2 != 0 { p::forget(whole.y.z); }
            }).take()));
            a_live.assign_part(&raw mut (*(*a_at)).y, 0, 2, |place: *mut _, gone: u64| {
                let whole = ::core::ptr::read(place);
                if gone & 2 != 0 { p::forget(whole.z); }
            }, 1);
            (*(*a_at)).n = (*(*a_at)).n + 1;
        ),
    );
}

#[test]
fn a_field_of_a_field_is_looked_at_only_if_that_is_there() {
    let tokens = emitted(&["a_"], quote!(f(a_.x.y); f(a_.x); f(*a_.b);));
    let tokens = tokens.to_string().replace(' ', "");
    let nested = quote!(
        if gone & 2 != 0 { p::forget(whole.x); } else {
            if gone & 1 != 0 { p::forget(whole.x.y); }
        }
        if gone & 4 != 0 { p::forget((*whole.b)); }
    );
    let nested = nested.to_string().replace(' ', "");
    assert!(tokens.contains(&nested), "{tokens}");
    assert!(tokens.contains("&rawconst*(*(*a_at)).b,4"), "{tokens}");
}
