//! Who may call: a bearer token for each tenant.

use std::collections::BTreeMap;

/// The name of a tenant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tenant(pub String);

/// The tokens that are valid.
#[derive(Debug, Clone, Default)]
pub struct Tokens(BTreeMap<String, Tenant>);

impl Tokens {
    pub fn with(mut self, token: &str, tenant: &str) -> Self {
        self.0.insert(token.to_owned(), Tenant(tenant.to_owned()));
        self
    }

    /// The tenant of an `Authorization` header, if its token is valid.
    pub fn tenant(&self, authorization: Option<&str>) -> Option<&Tenant> {
        self.0.get(authorization?.strip_prefix("Bearer ")?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_bearer_tokens_have_a_tenant() {
        let tokens = Tokens::default().with("s3cret", "acme");
        assert_eq!(tokens.tenant(Some("Bearer s3cret")).unwrap().0, "acme");
        for header in [None, Some("s3cret"), Some("Bearer other")] {
            assert_eq!(tokens.tenant(header), None);
        }
    }
}
