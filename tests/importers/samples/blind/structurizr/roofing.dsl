workspace "Roofing company" {
    model {
        sales = person "Sales rep"
        office = person "Back office"
        group "External" {
            ring = softwareSystem "RingCentral" "Telephony" "external"
            cam = softwareSystem "CompanyCam" "Photos of jobs" "external"
            qb = softwareSystem "QuickBooks" "Accounting" "external"
            leads = softwareSystem "Lead aggregators" "Sites that sell leads" "external" {
                yelp = container "Yelp"
                thumbtack = container "Thumbtack"
            }
        }
        sf = softwareSystem "Salesforce" "CRM" {
            app = container "Sales app" {
                page = component "Opportunity page"
            }
        }
        yelp -> sf "Sends leads to" "Zapier"
        thumbtack -> sf "Sends leads to" "Zapier"
        sf -> ring "Starts calls in"
        ring -> sf "Writes call records to" "App Exchange package"
        page -> cam "Shows photos from" "iframe"
        sf -> qb "Pushes invoices to" "API"
        office -> qb "Enters payments into"
        sales -> app "Uses"
    }
}
