//! What follows the state, in few types: each closure is a type of its own, and the client would
//! hold all that can be done to a view once for every one of them.

use std::sync::{Arc, Mutex};

use leptos::{prelude::AnyView, tachys::reactive_graph::SharedReactiveFunction as Live};

/// Text, a class, or an attribute.
pub fn text<T: Into<String>>(read: impl Fn() -> T + Send + 'static) -> Live<String> {
    Arc::new(Mutex::new(move || read().into()))
}

/// Whether something is so.
pub fn flag(read: impl Fn() -> bool + Send + 'static) -> Live<bool> {
    Arc::new(Mutex::new(read))
}

/// A view.
pub fn view(read: impl Fn() -> AnyView + Send + 'static) -> Live<AnyView> {
    Arc::new(Mutex::new(read))
}

/// What is done when something is pressed.
pub fn act<E: 'static>(act: impl FnMut(E) + Send + 'static) -> Box<dyn FnMut(E) + Send> {
    Box::new(act)
}
