//! Which rooms a source file reaches into: its `crate`, `super`, and `self` paths, resolved.
//!
//! Comments and literals are taken out first; then each path, with its groups in braces, is resolved against the
//! module that it stands in, inline modules counted. Does not know types: what a name means is the compiler's affair.

/// What each room may use beside itself.
const ALLOWED: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("model", &["text"]),
    ("store", &["model", "text"]),
    ("formats", &["model", "text"]),
    ("quantity", &["model", "text"]),
    ("layout", &["text"]),
    ("session", &["store", "formats", "quantity", "model", "text"]),
    ("cli", &["session", "model", "text"]),
    ("gui", &["session", "layout", "model", "text"]),
];

/// The rooms that the binary's own file may call.
const ALLOWED_TO_MAIN: &[&str] = &["cli", "gui", "session"];

/// A module's path from the crate's root; empty for the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModulePath(Vec<String>);

impl ModulePath {
    pub fn new(parts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self(parts.into_iter().map(Into::into).collect())
    }

    /// The room that the module is in: none for the root.
    pub fn room(&self) -> Option<&str> {
        self.0.first().map(String::as_str)
    }
}

/// A path found in a file, resolved to the crate's root.
struct Found {
    path: Vec<String>,
    /// Whether a `pub use` makes it.
    re_exported: bool,
}

/// What is wrong with the rooms that a file reaches into.
pub fn foreign_rooms(module: &ModulePath, text: &str) -> Vec<String> {
    let allowed: &[&str] = match module.room() {
        None => return root_faults(text),
        Some("main") => ALLOWED_TO_MAIN,
        Some(room) => match ALLOWED.iter().find(|(name, _)| *name == room) {
            Some((_, allowed)) => allowed,
            None => return vec![format!("no room is called `{room}`")],
        },
    };
    let mut faults: Vec<String> = found_paths(module, text)
        .iter()
        .filter_map(|found| found.path.first())
        .filter(|first| Some(first.as_str()) != module.room() && !allowed.contains(&first.as_str()))
        .map(|first| format!("may not use `{first}`"))
        .collect();
    faults.dedup();
    faults
}

/// A `pub use` that hands on a whole room, which would let others in by the back door.
pub fn leaking_re_exports(module: &ModulePath, text: &str) -> Vec<String> {
    found_paths(module, text)
        .iter()
        .filter(|found| found.re_exported && found.path.first().map(String::as_str) != module.room())
        .filter(|found| found.path.len() < 2 || found.path.get(1).is_some_and(|name| name == "*"))
        .map(|found| format!("hands on the whole of `{}`", found.path.join("::")))
        .collect()
}

/// The root declares rooms and nothing else.
fn root_faults(text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let known = |name: &String| ALLOWED.iter().any(|(room, _)| room == name);
    let mut faults: Vec<String> = tokens
        .windows(2)
        .filter(|pair| pair[0] == "mod" && !known(&pair[1]))
        .map(|pair| format!("no room is called `{}`", pair[1]))
        .collect();
    if tokens.iter().any(|token| token == "use") {
        faults.push("the crate's root hands on nothing".to_owned());
    }
    faults
}

fn found_paths(module: &ModulePath, text: &str) -> Vec<Found> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    // Inline modules around the token: their name and the depth of braces at which they end.
    let mut inline: Vec<(String, usize)> = Vec::new();
    let mut depth = 0;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let next = tokens.get(at + 1).map(String::as_str);
        match token.as_str() {
            "{" => depth += 1,
            "}" => {
                depth -= usize::from(depth > 0);
                if inline.last().is_some_and(|(_, end)| *end == depth) {
                    inline.pop();
                }
            }
            "mod" if tokens.get(at + 2).is_some_and(|token| token == "{") => {
                inline.push((next.unwrap_or_default().to_owned(), depth));
            }
            "crate" | "super" | "self" | "hashiya" if next == Some("::") => {
                let mut standing = Standing {
                    module: module.0.clone(),
                    in_main: module.room() == Some("main"),
                };
                standing
                    .module
                    .extend(inline.iter().map(|(name, _)| name.clone()));
                let re_exported = is_re_export(&tokens, at);
                let mut paths = Vec::new();
                let end = path_tree(&tokens, at, None, &standing, &mut paths);
                found.extend(paths.into_iter().map(|path| Found { path, re_exported }));
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Reads one path or use tree from `at` on, which goes on from `path` inside a group in braces, adds the paths of its
/// leaves, and gives the place after it.
fn path_tree(
    tokens: &[String],
    mut at: usize,
    mut path: Option<Vec<String>>,
    standing: &Standing,
    into: &mut Vec<Vec<String>>,
) -> usize {
    loop {
        match (tokens.get(at).map(String::as_str), path.take()) {
            (Some("{"), Some(before)) => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token != "}") {
                    at = path_tree(tokens, at, Some(before.clone()), standing, into).max(at + 1);
                    // What a member is renamed to is not a path.
                    while tokens.get(at).is_some_and(|token| token != "," && token != "}") {
                        at += 1;
                    }
                    at += usize::from(tokens.get(at).is_some_and(|token| token == ","));
                }
                return at + 1;
            }
            (Some(name), before) => path = Some(standing.step(before, name)),
            (None, before) => {
                into.extend(before);
                return at;
            }
        }
        at += 1;
        if tokens.get(at).is_none_or(|token| token != "::") {
            into.extend(path);
            return at;
        }
        at += 1;
    }
}

/// Where a path is written.
struct Standing {
    /// The module, inline modules counted.
    module: Vec<String>,
    /// Whether it is in the binary, for which the library's name is the root.
    in_main: bool,
}

impl Standing {
    /// The next part of a path: `crate` starts at the root, `super` goes up, `self` stays.
    fn step(&self, before: Option<Vec<String>>, name: &str) -> Vec<String> {
        let mut path = match (before, name) {
            (None, "crate") => return Vec::new(),
            (None, "hashiya") if self.in_main => return Vec::new(),
            // Inside the library its own name would be a way round the table.
            (None, "hashiya") => return vec!["hashiya".to_owned()],
            (None, _) => self.module.clone(),
            (Some(path), _) => path,
        };
        match name {
            "super" => drop(path.pop()),
            "self" => {}
            name => path.push(name.to_owned()),
        }
        path
    }
}

/// Whether the path at `at` is the one that a `pub use` or `pub(…) use` names.
fn is_re_export(tokens: &[String], at: usize) -> bool {
    let before = |steps: usize| {
        at.checked_sub(steps)
            .and_then(|at| tokens.get(at))
            .map(String::as_str)
    };
    before(1) == Some("use") && matches!(before(2), Some("pub" | ")"))
}

/// The names and signs of a Rust text, without comments, literals, and lifetimes; `::` is one sign.
pub fn tokens(text: &str) -> Vec<String> {
    let mut rest: Vec<char> = text.chars().rev().collect();
    let mut tokens = Vec::new();
    while let Some(sign) = rest.pop() {
        let next = rest.last().copied();
        match sign {
            '/' if next == Some('/') => while rest.pop().is_some_and(|sign| sign != '\n') {},
            '/' if next == Some('*') => skip_block_comment(&mut rest),
            '"' => skip_string(&mut rest),
            '\'' => skip_character_or_lifetime(&mut rest),
            ':' if next == Some(':') => {
                rest.pop();
                tokens.push("::".to_owned());
            }
            sign if sign.is_alphabetic() || sign == '_' => {
                let mut name = String::from(sign);
                while let Some(more) = rest.last().copied().filter(|c| c.is_alphanumeric() || *c == '_') {
                    rest.pop();
                    name.push(more);
                }
                if !(matches!(name.as_str(), "r" | "br" | "cr") && skip_raw_string(&mut rest)) {
                    tokens.push(name);
                }
            }
            sign if sign.is_whitespace() => {}
            sign => tokens.push(sign.to_string()),
        }
    }
    tokens
}

fn skip_block_comment(rest: &mut Vec<char>) {
    rest.pop();
    let mut depth = 1;
    while depth > 0 {
        match (rest.pop(), rest.last()) {
            (Some('/'), Some('*')) => {
                rest.pop();
                depth += 1;
            }
            (Some('*'), Some('/')) => {
                rest.pop();
                depth -= 1;
            }
            (None, _) => return,
            _ => {}
        }
    }
}

fn skip_string(rest: &mut Vec<char>) {
    while let Some(sign) = rest.pop() {
        match sign {
            '\\' => drop(rest.pop()),
            '"' => return,
            _ => {}
        }
    }
}

/// After `'`: a character literal goes whole; of a lifetime only the sign, so that its name stays a plain word.
fn skip_character_or_lifetime(rest: &mut Vec<char>) {
    let second = rest.len().checked_sub(2).and_then(|at| rest.get(at)).copied();
    match rest.last().copied() {
        Some('\\') => {
            rest.pop();
            rest.pop();
            while rest.pop().is_some_and(|sign| sign != '\'') {}
        }
        Some(_) if second == Some('\'') => {
            rest.pop();
            rest.pop();
        }
        _ => {}
    }
}

/// After `r`: takes `#"…"#` out and says so; a raw name such as `r#type` stays.
fn skip_raw_string(rest: &mut Vec<char>) -> bool {
    let hashes = rest.iter().rev().take_while(|sign| **sign == '#').count();
    let opening = rest.len().checked_sub(hashes + 1).and_then(|at| rest.get(at));
    if opening != Some(&'"') {
        return false;
    }
    rest.truncate(rest.len() - hashes - 1);
    while let Some(sign) = rest.pop() {
        let closing = rest
            .iter()
            .rev()
            .take_while(|sign| **sign == '#')
            .take(hashes)
            .count();
        if sign == '"' && closing == hashes {
            rest.truncate(rest.len() - hashes);
            return true;
        }
    }
    true
}
