workspace "Revenue stack" "What marketing and sales run on, drawn by RevOps" {

    !identifiers hierarchical
    !docs docs
    !script groovy {
        println "never run"
    }

    model {
        properties {
            "structurizr.groupSeparator" "/"
        }
        mops = person "Marketing Ops" "Owns Marketo"
        sdr = person "SDR team"
        buyer = person "Buyer"

        group "Demand generation" {
            ads = softwareSystem "Ad platforms" {
                google = container "Google Ads"
                linkedin = container "LinkedIn Ads"
            }
            marketo = softwareSystem "Marketo Engage" "Nurture and scoring" {
                forms = container "Forms" "" "JavaScript"
                smart = container "Smart campaigns"
                -> smart "keeps"
                properties {
                    "owner" "Marketing Ops"
                }
            }
            web = softwareSystem "Website" "Corporate site" "WordPress"
        }
        group "Sales" {
            Crm = softwareSystem "Salesforce" {
                tags "Core"
            }
            outreach = softwareSystem "Outreach"
        }
        dwh = softwareSystem "Snowflake" "Warehouse"
        bi = softwareSystem "Tableau"
        sheets = softwareSystem "Google Sheets"

        buyer -> web "Fills in forms on"
        web -> marketo.forms "Sends form submissions to" "Webhook"
        marketo.forms -> marketo.smart "Starts"
        marketo -> crm "Syncs leads with" "Native connector"
        outreach -> crm "Pulls new leads from, and writes activities to" "REST API"
        crm -> dwh "reads customer data from" "JDBC"
        ads.google -> dwh "Cost reports" "Fivetran"
        dwh -> ads.linkedin "Pushes audiences to" "Hightouch"
        bi -> dwh "Queries" "SQL"
        mops -> sheets "Downloads the target account list from" {
            tags "Manual"
        }
        mops -> crm "Uploads target accounts into, monthly" "CSV"
        sdr -> outreach "Uses"
        marketo -> sheets "Uses"

        live = deploymentEnvironment "Live" {
            deploymentNode "AWS" {
                softwareSystemInstance web
            }
        }
    }

    views {
        systemLandscape "All" {
            include *
            autoLayout lr
        }
        theme https://example.com/theme.json?token=abc
    }
}
