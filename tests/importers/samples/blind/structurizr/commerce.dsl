workspace "Retail" "Online retail landscape" {
    !identifiers flat
    model {
        customer = person "Customer" "Buys things"
        agent = person "Support agent"
        shop = softwareSystem "Shopify" "Online shop"
        email = softwareSystem "Klaviyo" "Sends campaigns" {
            tags "External"
        }
        crm = softwareSystem "HubSpot" "CRM"
        erp = softwareSystem "NetSuite" "Orders and stock"
        desk = softwareSystem "Zendesk" "Tickets"
        reco = softwareSystem "Recommendation engine" "Own development" {
            api = container "API" "" "Python"
            store = container "Feature store" "" "Redis"
            api -> store "Reads features from"
        }
        bi = softwareSystem "Looker"
        customer -> shop "Orders from"
        shop -> email "Sends customers and orders to" "Webhook"
        shop -> erp "Creates orders in" "Celigo"
        shop -> api "Gets recommendations from" "JSON/HTTPS"
        erp -> shop "Updates stock levels of"
        desk -> shop "Looks up orders in" "REST API"
        agent -> desk "Answers tickets in"
        bi -> erp "Queries sales figures from"
        crm -> email "Syncs contacts with (bidirectional)"
        agent -> crm "Copies complaints by hand from Zendesk to"
    }
    views {
        systemLandscape {
            include *
            autolayout lr
        }
    }
}
