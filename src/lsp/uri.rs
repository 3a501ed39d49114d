//! Addresses of documents as paths.

/// The path that an address of a file names; of any other address nothing.
pub(super) fn path(uri: &str) -> Option<String> {
    let rest = uri.strip_prefix("file://")?;
    let path = &rest[rest.find('/')?..];
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        match byte {
            b'%' => {
                let (high, low) = (digit(rest.next())?, digit(rest.next())?);
                bytes.push(u8::try_from(16 * high + low).ok()?);
            }
            byte => bytes.push(byte),
        }
    }
    let path = String::from_utf8(bytes).ok()?;
    // A drive stands behind the first slash.
    let has_drive = path.as_bytes().get(2) == Some(&b':') && path.as_bytes()[1].is_ascii_alphabetic();
    Some(if has_drive { path[1..].to_owned() } else { path })
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn an_address_of_a_file_is_its_path() {
        assert_eq!(path("file:///a/my%20stack.yaml").as_deref(), Some("/a/my stack.yaml"));
        assert_eq!(path("file:///c%3A/a/%C3%A4.yaml").as_deref(), Some("c:/a/ä.yaml"));
        assert_eq!(path("file://host/a.yaml").as_deref(), Some("/a.yaml"));
        for wrong in ["untitled:Untitled-1", "file://", "file:///%", "file:///%zz", "file:///%ff", ""] {
            assert_eq!(path(wrong), None, "{wrong}");
        }
    }
}
