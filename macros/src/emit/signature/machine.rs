//! The public function's last expression: the machine of one call.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Lifetime;

use super::{step, yields};
use crate::collapse::{Collapsed, Frame};
use crate::names::made;
use crate::parse::Input;

/// `unsafe { machine::<'frame, A, Y, R, L, _, _>(step, (a, b)) }`, or `machine_as_written` where all lifetimes stayed.
pub fn machine(input: &Input, collapsed: &Collapsed) -> TokenStream {
    let private = input.options.private();
    let family = family(collapsed);
    let constructor = step::path(input);
    let marker = step::marker(input, collapsed);
    let passed = step::passed(input, marker.clone());
    if let (Frame::Known(frame) | Frame::Declared(frame), []) =
        (&collapsed.frame, &collapsed.lifetimes[..])
    {
        let machine = quote!(#private::machine_as_written::<#frame, #family, _, _, _>);
        let key = key(input, &constructor);
        return in_a_box(input, quote!(unsafe { #machine(#key, #passed) }));
    }
    let (yields, output) = (yields(&input.options), input.output_type());
    let restored = restored(&collapsed.lifetimes);
    let types = quote!(#family, #yields, #output, #restored, _, _);
    let function = match &collapsed.frame {
        Frame::Known(frame) | Frame::Declared(frame) => quote!(machine::<#frame, #types, _>),
        Frame::Boxed => quote!(machine_in_a_box::<#types>),
    };
    let boxed = matches!(collapsed.frame, Frame::Boxed);
    let of = |constructor: TokenStream| match boxed {
        true => constructor,
        false => key(input, &constructor),
    };
    if step::unnamed(input) == 0 {
        let of = of(quote!(#constructor));
        return quote!(unsafe { #private::#function(#of, #passed) });
    }
    let (step, types) = (made("step"), made("types"));
    let of = of(quote!(#step));
    // Of one type in both calls, which the first one says.
    let marked = marker.as_ref().map(|marker| quote!(let #types = #marker;));
    let passed = step::passed(input, marker.map(|_| quote!(#types)));
    quote! {
        let #step = #constructor;
        #marked
        #[allow(unreachable_code)]
        {
            // Says what the types are that have no name; what is never reached is not borrow-checked.
            if false {
                #private::never_reached();
                #step(#private::Call { arguments: #passed, life: #private::core::marker::PhantomData });
            }
        }
        unsafe { #private::#function(#of, #passed) }
    }
}

/// What stands for the step function in the machine's type.
fn key(input: &Input, constructor: impl quote::ToTokens) -> TokenStream {
    let private = input.options.private();
    quote!(move || (#constructor, #private::core::marker::PhantomData))
}

/// In a box, if the function is `boxed`.
pub fn in_a_box(input: &Input, machine: TokenStream) -> TokenStream {
    let (options, private) = (&input.options, input.options.private());
    if !options.boxed {
        return machine;
    }
    let function = match (options.yields.is_some(), options.send) {
        (false, false) => quote!(boxed),
        (false, true) => quote!(boxed_send),
        (true, false) => quote!(boxed_generator),
        (true, true) => quote!(boxed_send_generator),
    };
    quote!(#private::#function(#machine))
}

/// The arguments' types at any life. Two lifetimes to choose from: so one that is left out is an error.
fn family(collapsed: &Collapsed) -> TokenStream {
    let x = &collapsed.x;
    let other = Lifetime::new(&format!("{x}_or"), x.span());
    let arguments = step::arguments(collapsed);
    quote!(for<#x, #other> fn(&#x (), &#other ()) -> #arguments)
}

/// The true lifetimes, as a type.
fn restored(lifetimes: &[Lifetime]) -> TokenStream {
    quote!((#(&#lifetimes (),)*))
}
