//! Arms whose alternatives bind in different places: `(Some(x), _) | (None, x) => body`.
//!
//! Which of the places is empty then only the alternative knows that has matched. So each gets an arm of its own, as
//! rustc tries them one after another, each with the guard.

use syn::{Arm, Pat};

/// Splits such arms.
pub fn split(arms: &mut Vec<Arm>) {
    let all = std::mem::take(arms);
    for arm in all {
        let cases = match &arm.pat {
            Pat::Or(pattern) => pattern.cases.clone(),
            _ => Default::default(),
        };
        let places: Vec<_> = cases.iter().map(places).collect();
        if places.windows(2).all(|pair| pair[0] == pair[1]) {
            arms.push(arm);
            continue;
        }
        arms.extend(cases.into_iter().map(|pat| Arm { pat, ..arm.clone() }));
    }
}

/// Where a pattern may bind by value, and what. In what may be an enum it is the pattern that says where.
fn places(pattern: &Pat) -> Vec<(Vec<usize>, String)> {
    let mut found = Vec::new();
    walk(pattern, &mut Vec::new(), &mut found);
    found.sort();
    found
}

fn walk(pattern: &Pat, path: &mut Vec<usize>, found: &mut Vec<(Vec<usize>, String)>) {
    let elems = match pattern {
        Pat::Ident(p) if p.by_ref.is_none() && super::pattern::binds(p) => {
            return found.push((path.clone(), p.ident.to_string()));
        }
        Pat::Paren(p) => return walk(&p.pat, path, found),
        Pat::TupleStruct(_) | Pat::Struct(_) if binds(pattern) => {
            return found.push((path.clone(), String::new()));
        }
        Pat::Tuple(p) => &p.elems,
        Pat::Slice(p) => &p.elems,
        _ => return,
    };
    for (at, elem) in elems.iter().enumerate() {
        path.push(at);
        walk(elem, path, found);
        path.pop();
    }
}

/// Whether a pattern binds anything.
fn binds(pattern: &Pat) -> bool {
    match pattern {
        Pat::Ident(p) => super::pattern::binds(p),
        Pat::Paren(p) => binds(&p.pat),
        Pat::TupleStruct(p) => p.elems.iter().any(binds),
        Pat::Tuple(p) => p.elems.iter().any(binds),
        Pat::Slice(p) => p.elems.iter().any(binds),
        Pat::Struct(p) => p.fields.iter().any(|field| binds(&field.pat)),
        Pat::Or(p) => p.cases.iter().any(binds),
        Pat::Reference(p) => binds(&p.pat),
        _ => false,
    }
}
