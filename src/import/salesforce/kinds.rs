//! Kinds of components that say nothing of other systems, and why.

/// What a component of this kind is, and why it gives nothing.
pub(super) fn nothing(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "AuthProvider" | "SamlSsoConfig" | "Certificate" | "OauthCustomScope" => {
            ("component for sign-on", "signing in moves no data")
        }
        "Layout"
        | "FlexiPage"
        | "ApexPage"
        | "ApexComponent"
        | "LightningComponentBundle"
        | "AuraDefinitionBundle"
        | "CustomTab"
        | "CustomApplication"
        | "QuickAction"
        | "HomePageLayout"
        | "CompactLayout"
        | "ListView"
        | "WebLink"
        | "StaticResource" => ("part of a page", "it shows what the org holds"),
        "Profile"
        | "PermissionSet"
        | "PermissionSetGroup"
        | "Role"
        | "SharingRules"
        | "Group"
        | "Queue"
        | "CustomPermission"
        | "MutingPermissionSet" => ("right", "it says who may see what"),
        "CustomObject" | "CustomField" | "RecordType" | "ValidationRule" | "CustomMetadata" | "CustomLabels"
        | "GlobalValueSet" | "StandardValueSet" | "FieldSet" | "CustomIndex" | "BusinessProcess" => {
            ("object or field", "it is the org's own")
        }
        "Report" | "Dashboard" | "ReportType" | "ReportFolder" | "DashboardFolder" => {
            ("report or dashboard", "it reads what the org holds")
        }
        "ApexClass" | "ApexTrigger" => {
            ("class or trigger", "it calls no other system by a credential or a remote site")
        }
        "Package" => ("manifest", "it lists components"),
        _ => ("other component", "its kind says nothing of other systems"),
    }
}

/// Elements whose text is a secret or names a person: how often they are filled is told, never with what.
pub(super) const SECRET: [&str; 24] = [
    "consumerKey",
    "consumerSecret",
    "username",
    "password",
    "contactEmail",
    "contactPhone",
    "certificate",
    "integrationUser",
    "awsAccessKey",
    "awsAccessSecret",
    "awsSecretKey",
    "accessToken",
    "authToken",
    "oauthToken",
    "oauthRefreshToken",
    "refreshToken",
    "clientSecret",
    "privateKey",
    "customConfiguration",
    "executionUser",
    "runAsUser",
    "ccEmails",
    "senderAddress",
    "startUrl",
];
