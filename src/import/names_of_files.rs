//! Paths as text: a file beside another, and the name a stack gets from its file.

/// Joins a path that a file names to the file's own; `..` and `.` are worked out as text.
pub(crate) fn joined(base: &str, relative: &str) -> String {
    if relative.starts_with('/') {
        return relative.to_owned();
    }
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| *part != ".").collect();
    if folder.is_empty() {
        parts.clear();
    }
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." if parts
                .last()
                .is_some_and(|last| *last != ".." && !last.is_empty()) =>
            {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Gives the name of a stack: that of its file, or of the folder where the file's says nothing.
pub(crate) fn stack_name(file: &str) -> String {
    let mut parts = file.rsplit('/');
    let name = parts.next().unwrap_or(file);
    let stem = name.split('.').next().unwrap_or(name);
    let folder = parts
        .next()
        .filter(|folder| !matches!(*folder, "" | "." | ".."));
    match (stem, folder) {
        ("template" | "main" | "app" | "stack" | "serverless" | "cloudformation", Some(folder)) => {
            folder.to_owned()
        }
        ("", _) => "stack".to_owned(),
        _ => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_paths_as_text() {
        assert_eq!(joined("a/b/template.yaml", "../c/x.json"), "a/c/x.json");
        assert_eq!(joined("template.yaml", "./x.json"), "x.json");
        assert_eq!(joined("/a/t.yaml", "x.json"), "/a/x.json");
    }

    #[test]
    fn names_a_stack_by_folder_where_the_file_says_nothing() {
        assert_eq!(stack_name("orders/template.yaml"), "orders");
        assert_eq!(stack_name("orders.yaml"), "orders");
    }
}
