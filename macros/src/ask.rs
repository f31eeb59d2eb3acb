//! Which calls rustc is asked about: whether they consume their receiver.
//!
//! Methods of the standard library and of `futures` are known by name, and macros that log. A name of methods that take a reference
//! nearly everywhere is never asked about: a by-value method of that name on a user's type is a compile error in the machine
//! (`{ x }.m()` says it). A by-value name moves only what is of the type that has it.

mod closures;
pub mod pinned;

pub use closures::contains_closure;
use closures::is_partial;

use crate::body::held;
use syn::{Expr, ExprCall, ExprMethodCall};

/// As many arguments as a callee can be asked about.
pub const AT_MOST: usize = 6;

/// Whether rustc can be asked about this call, if it is its receiver's last mention.
pub fn method(call: &ExprMethodCall) -> bool {
    let name = call.method.to_string();
    // Beside a closure whose parameters have no types, nothing says what a `_` is.
    let is_open = || call.turbofish.as_ref().is_some_and(is_partial);
    let typed = || !is_open() || !call.args.iter().any(contains_closure);
    // A constant among the type arguments would need another probe.
    let mut generics = call.turbofish.iter().flat_map(|turbofish| &turbofish.args);
    if !generics.all(|argument| matches!(argument, syn::GenericArgument::Type(_))) {
        return false;
    }
    let is_by_ref = is_by_ref(&name) && !pinned::is_marked(call) || fills(call, &name);
    !is_by_ref && (matches!(by_value(&name), ByValue::Known { .. }) || typed())
}

/// The same of a call in a closure.
pub fn in_closure(call: &ExprMethodCall) -> bool {
    let name = call.method.to_string();
    let unknown = matches!(
        by_value(&name),
        ByValue::Unknown | ByValue::Known { open: false, .. }
    );
    call.args.is_empty() && call.turbofish.is_none() && unknown && !is_by_ref(&name)
}

/// Whether a call consumes its receiver, whatever that is.
pub fn consumes(call: &ExprMethodCall) -> bool {
    by_value(&call.method.to_string()) == ByValue::Always && call.args.is_empty()
}

/// Whether it may be a stream's `split`, of which what is sent may say the type.
pub fn splits(call: &ExprMethodCall) -> bool {
    call.method == "split" && call.args.is_empty() && call.turbofish.is_none()
}

/// Whether it may be `Option`'s `take`.
pub fn takes(call: &ExprMethodCall) -> bool {
    call.method == "take" && call.args.is_empty() && call.turbofish.is_none()
}

/// The same of a call of what may be called only once.
pub fn callee(call: &ExprCall) -> bool {
    call.args.len() <= AT_MOST && !call.args.iter().any(contains_closure)
}

/// Whether an argument is made of parts, each of which is coerced to what the method expects of it.
pub fn has_parts(argument: &Expr) -> bool {
    match crate::syntax::bare(argument) {
        Expr::Tuple(e) => !e.elems.is_empty(),
        Expr::Reference(e) => has_parts(&e.expr),
        Expr::Call(e) => crate::syntax::is_constructor(&e.func),
        Expr::Array(_) | Expr::Struct(_) | Expr::If(_) | Expr::Match(_) => true,
        Expr::Block(_) | Expr::Unsafe(_) => true,
        Expr::Macro(e) => held(&e.mac)
            .is_some_and(|(_, value)| matches!(value, Expr::Closure(_)) || has_parts(&value)),
        _ => false,
    }
}

/// Whether an argument may be of another type than what is expected of it, `&mut guard` for a `&mut T`.
pub fn may_be_coerced(argument: &Expr) -> bool {
    matches!(crate::syntax::bare(argument), Expr::Reference(_)) || has_parts(argument)
}

/// What is known of a method that may take `self` by value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ByValue {
    /// It does, on every type: `into`.
    Always,
    /// `into_iter`.
    IntoIterator,
    /// By value on `Option`, `Result`, an `Iterator`, a `Stream`, a `Future`; `open` if the type of its result is not
    /// known from the receiver and the arguments.
    Known {
        types: [bool; 5],
        open: bool,
    },
    Unknown,
}

pub fn by_value(name: &str) -> ByValue {
    let types = [OPTION, RESULT, ITERATOR, STREAM, FUTURE].map(|list| list.contains(&name));
    match name {
        "into" | "try_into" => ByValue::Always,
        "into_iter" => ByValue::IntoIterator,
        _ if types.contains(&true) => ByValue::Known {
            types,
            open: OPEN.contains(&name),
        },
        _ => ByValue::Unknown,
    }
}

pub fn is_by_ref(name: &str) -> bool {
    BY_REF.contains(&name) || name.starts_with("as_") || name.starts_with("is_some_and_ref")
}

/// Whether it is a collection's, by what it is given: what is coerced inside of that is known best where the method is called.
/// (`VacantEntry::insert` has one argument, and consumes.)
fn fills(call: &ExprMethodCall, name: &str) -> bool {
    let others = usize::from(name == "insert");
    let open = |argument| has_parts(argument) && is_open(argument);
    FILLING.contains(&name) && call.args.len() > others && call.args.iter().any(open)
}

/// Whether the type of a part of something comes from what is expected of it.
fn is_open(part: &Expr) -> bool {
    match crate::syntax::bare(part) {
        Expr::Closure(_) => contains_closure(part),
        Expr::Path(path) => path.path.is_ident("None"),
        Expr::Tuple(e) => e.elems.iter().any(is_open),
        Expr::Array(e) => e.elems.iter().any(is_open),
        Expr::Struct(e) => e.fields.iter().any(|field| is_open(&field.expr)),
        Expr::Call(e) => e.args.iter().any(is_open),
        Expr::Reference(e) => is_open(&e.expr),
        _ => false,
    }
}

/// Whether a macro has the name of one that logs: that only reads what it is given, some of it by name.
pub fn logs(path: &syn::Path) -> bool {
    LOGGING.contains(&crate::syntax::macro_name(path).as_str())
}

/// Those of tracing and of log.
const LOGGING: &[&str] = &[
    "trace",
    "debug",
    "info",
    "warn",
    "error",
    "event",
    "span",
    "trace_span",
    "debug_span",
    "info_span",
    "warn_span",
    "error_span",
    "log",
];

const OPTION: &[&str] = &[
    "and",
    "and_then",
    "expect",
    "filter",
    "flatten",
    "inspect",
    "is_none_or",
    "is_some_and",
    "map",
    "map_or",
    "map_or_else",
    "ok_or",
    "ok_or_else",
    "or",
    "or_else",
    "transpose",
    "unwrap",
    "unwrap_or",
    "unwrap_or_default",
    "unwrap_or_else",
    "unzip",
    "xor",
    "zip",
];

const RESULT: &[&str] = &[
    "and",
    "and_then",
    "err",
    "expect",
    "expect_err",
    "flatten",
    "inspect",
    "inspect_err",
    "is_err_and",
    "is_ok_and",
    "map",
    "map_err",
    "map_or",
    "map_or_else",
    "ok",
    "or",
    "or_else",
    "transpose",
    "unwrap",
    "unwrap_err",
    "unwrap_or",
    "unwrap_or_default",
    "unwrap_or_else",
];

const ITERATOR: &[&str] = &[
    "chain",
    "cloned",
    "cmp",
    "collect",
    "copied",
    "count",
    "cycle",
    "enumerate",
    "eq",
    "filter",
    "filter_map",
    "flat_map",
    "flatten",
    "fold",
    "for_each",
    "fuse",
    "inspect",
    "last",
    "map",
    "map_while",
    "max",
    "max_by",
    "max_by_key",
    "min",
    "min_by",
    "min_by_key",
    "partition",
    "peekable",
    "product",
    "reduce",
    "rev",
    "rfold",
    "scan",
    "skip",
    "skip_while",
    "step_by",
    "sum",
    "take",
    "take_while",
    "unzip",
    "zip",
];

/// Those that take a closure. `all` and `any` are by value in one library and by reference in another.
const STREAM: &[&str] = &[
    "and_then",
    "filter",
    "filter_map",
    "flat_map",
    "flat_map_unordered",
    "fold",
    "for_each",
    "for_each_concurrent",
    "inspect",
    "inspect_err",
    "inspect_ok",
    "map",
    "map_err",
    "map_ok",
    "map_while",
    "or_else",
    "scan",
    "skip_while",
    "split",
    "take_while",
    "then",
    "try_collect",
    "try_filter",
    "try_filter_map",
    "try_fold",
    "try_for_each",
    "try_for_each_concurrent",
    "try_skip_while",
    "try_take_while",
];

const FUTURE: &[&str] = &[
    "and_then",
    "inspect",
    "inspect_err",
    "inspect_ok",
    "map",
    "map_err",
    "map_ok",
    "map_ok_or_else",
    "or_else",
    "then",
    "unwrap_or_else",
];

/// Their result's type comes from what is done with it.
const OPEN: &[&str] = &[
    "collect",
    "product",
    "sum",
    "unzip",
    "partition",
    "try_collect",
];

const FILLING: &[&str] = &["extend", "fill", "insert", "push", "resize", "store"];

const BY_REF: &[&str] = &[
    "add_assign",
    "borrow",
    "borrow_mut",
    "chars",
    "clone",
    "contains",
    "contains_key",
    "deref",
    "deref_mut",
    "drain",
    "ends_with",
    "extend_from_slice",
    "fetch_add",
    "fetch_sub",
    "find_map",
    "first_mut",
    "fmt",
    "front",
    "gen",
    "gen_range",
    "get",
    "get_or_insert_with",
    "hash",
    "is_empty",
    "is_err",
    "is_none",
    "is_ok",
    "is_some",
    "iter",
    "iter_mut",
    "last_mut",
    "len",
    "lock",
    "next",
    "next_back",
    "notify_all",
    "notify_one",
    "nth",
    "peek",
    "pop",
    "pop_back",
    "pop_front",
    "position",
    "push_back",
    "push_front",
    "push_str",
    "random",
    "random_range",
    "reserve",
    "retain",
    "size_hint",
    "sort",
    "sort_by",
    "sort_by_key",
    "sort_unstable",
    "starts_with",
    "swap_remove",
    "to_owned",
    "to_string",
    "to_vec",
    "trim",
    "try_borrow",
    "try_borrow_mut",
    "try_lock",
    "try_recv",
    "try_send",
    "values_mut",
    "wake_by_ref",
    "windows",
    "with_mut",
    "write_str",
];
