// The connector on Azure: bot registration with the Teams channel, Container App with several replicas, PostgreSQL in a
// network of its own, secrets in a key vault that only the app's identity reads.
//
//   az deployment group create -g <group> -f ops/azure/main.bicep -p ops/azure/example.bicepparam

@description('Beginning of every name; letters and digits.')
@minLength(3)
@maxLength(12)
param name string

param location string = resourceGroup().location

@description('The image that was built from the Dockerfile, with its registry and tag.')
param image string

@description('Name of an Azure Container Registry in this group that holds the image; empty: the image can be fetched without signing in.')
param registryName string = ''

@description('UserAssignedMSI: the bot is the identity that is made here, without a password. SingleTenant: an app registration that exists already.')
@allowed(['UserAssignedMSI', 'SingleTenant'])
param appType string = 'UserAssignedMSI'

@description('Application (client) id of the app registration; with SingleTenant only.')
param appId string = ''

@description('Its client secret; with SingleTenant only.')
@secure()
param appPassword string = ''

@description('Name that people see in Teams.')
param displayName string = 'Help desk'

param rasaUrl string

param serviceNowUrl string

@description('sys_id of the queue that live chats are opened in.')
param serviceNowQueue string

@allowed(['connect-support', 'scripted'])
param serviceNowProfile string = 'scripted'

param serviceNowUser string

@secure()
param serviceNowPassword string

@description('Password of the database: letters and digits, because it becomes part of an address.')
@minLength(24)
@secure()
param databasePassword string

@description('Any further variables of .env.example that are no secrets.')
param more object = {}

@minValue(1)
@maxValue(10)
param replicas int = 2

var tags = { application: 'live-chat-connector' }
var databaseUser = 'connector'
var databaseName = 'connector'
var isManaged = appType == 'UserAssignedMSI'
var botAppId = isManaged ? identity.properties.clientId : appId
var secretsUserRole = '4633458b-17de-408a-b874-0445c86b69e6'
var pullRole = '7f951dda-4ed3-4680-a7ca-43fe172d538d'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
  tags: tags
}

// ---- network: the database is reached from the app's subnet only

resource network 'Microsoft.Network/virtualNetworks@2023-11-01' = {
  name: '${name}-network'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/16'] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: '10.20.0.0/23'
          delegations: [{ name: 'app', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'database'
        properties: {
          addressPrefix: '10.20.4.0/28'
          delegations: [{ name: 'database', properties: { serviceName: 'Microsoft.DBforPostgreSQL/flexibleServers' } }]
        }
      }
    ]
  }

  resource appSubnet 'subnets' existing = { name: 'app' }
  resource databaseSubnet 'subnets' existing = { name: 'database' }
}

resource zone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: '${name}.private.postgres.database.azure.com'
  location: 'global'
  tags: tags

  resource link 'virtualNetworkLinks' = {
    name: 'network'
    location: 'global'
    properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
  }
}

// ---- database

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: '${name}-${uniqueString(resourceGroup().id)}'
  location: location
  tags: tags
  sku: { name: 'Standard_B2s', tier: 'Burstable' }
  properties: {
    version: '16'
    administratorLogin: databaseUser
    administratorLoginPassword: databasePassword
    storage: { storageSizeGB: 32 }
    backup: { backupRetentionDays: 14, geoRedundantBackup: 'Disabled' }
    highAvailability: { mode: 'Disabled' }
    network: {
      delegatedSubnetResourceId: network::databaseSubnet.id
      privateDnsZoneArmResourceId: zone.id
    }
  }
  dependsOn: [zone::link]

  resource database 'databases' = {
    name: databaseName
    properties: { charset: 'UTF8', collation: 'en_US.utf8' }
  }
}

// ---- secrets

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: take('${name}${uniqueString(resourceGroup().id)}', 24)
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: true
  }

  resource databaseUrl 'secrets' = {
    name: 'database-url'
    properties: {
      value: 'postgres://${databaseUser}:${databasePassword}@${server.properties.fullyQualifiedDomainName}:5432/${databaseName}?sslmode=verify-full'
    }
  }

  resource password 'secrets' = {
    name: 'servicenow-password'
    properties: { value: serviceNowPassword }
  }

  resource botPassword 'secrets' = if (!isManaged) {
    name: 'bot-password'
    properties: { value: appPassword }
  }
}

resource readsSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identity.id, secretsUserRole)
  scope: vault
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUserRole)
  }
}

// ---- registry, where there is one

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = if (registryName != '') {
  name: registryName == '' ? 'none' : registryName
}

resource pulls 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (registryName != '') {
  name: guid(resourceGroup().id, registryName, identity.id, pullRole)
  scope: registry
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', pullRole)
  }
}

// ---- the connector

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  tags: tags
  properties: { sku: { name: 'PerGB2018' }, retentionInDays: 30 }
}

resource environment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${name}-environment'
  location: location
  tags: tags
  properties: {
    vnetConfiguration: { infrastructureSubnetId: network::appSubnet.id, internal: false }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: { customerId: logs.properties.customerId, sharedKey: logs.listKeys().primarySharedKey }
    }
  }
}

var plain = union({
  PORT: '3978'
  ADMIN_PORT: '3979'
  MicrosoftAppType: appType
  MicrosoftAppId: botAppId
  MicrosoftAppTenantId: tenant().tenantId
  RASA_URL: rasaUrl
  SERVICENOW_URL: serviceNowUrl
  SERVICENOW_PROFILE: serviceNowProfile
  SERVICENOW_QUEUE: serviceNowQueue
  SERVICENOW_USERNAME: serviceNowUser
}, more)
var secretVariables = concat([
  { name: 'DATABASE_URL', secretRef: 'database-url' }
  { name: 'SERVICENOW_PASSWORD', secretRef: 'servicenow-password' }
], isManaged ? [] : [{ name: 'MicrosoftAppPassword', secretRef: 'bot-password' }])
var secretNames = map(secretVariables, variable => variable.secretRef)

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: '${name}-connector'
  location: location
  tags: tags
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  properties: {
    environmentId: environment.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: { external: true, targetPort: 3978, transport: 'http', allowInsecure: false }
      registries: registryName == '' ? [] : [{ server: '${registryName}.azurecr.io', identity: identity.id }]
      secrets: [for secret in secretNames: {
        name: secret
        keyVaultUrl: '${vault.properties.vaultUri}secrets/${secret}'
        identity: identity.id
      }]
    }
    template: {
      terminationGracePeriodSeconds: 30
      scale: { minReplicas: replicas, maxReplicas: replicas }
      containers: [
        {
          name: 'connector'
          image: image
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: concat(map(items(plain), item => { name: item.key, value: item.value }), secretVariables)
          probes: [
            { type: 'Startup', httpGet: { path: '/healthz', port: 3979 }, periodSeconds: 2, failureThreshold: 10 }
            { type: 'Liveness', httpGet: { path: '/healthz', port: 3979 }, periodSeconds: 10, failureThreshold: 6 }
            { type: 'Readiness', httpGet: { path: '/readyz', port: 3979 }, periodSeconds: 5, timeoutSeconds: 3 }
          ]
        }
      ]
    }
  }
  dependsOn: [readsSecrets, pulls, server::database, vault::databaseUrl, vault::password, vault::botPassword]
}

// ---- the bot

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: '${name}-bot'
  location: 'global'
  kind: 'azurebot'
  tags: tags
  sku: { name: 'F0' }
  properties: {
    displayName: displayName
    endpoint: 'https://${app.properties.configuration.ingress.fqdn}/api/messages'
    msaAppType: appType
    msaAppId: botAppId
    msaAppTenantId: tenant().tenantId
    msaAppMSIResourceId: isManaged ? identity.id : null
    disableLocalAuth: true
  }

  resource teams 'channels' = {
    name: 'MsTeamsChannel'
    location: 'global'
    properties: { channelName: 'MsTeamsChannel', properties: { isEnabled: true } }
  }
}

@description('Goes into MicrosoftAppId for `npm run manifest`.')
output botAppId string = botAppId

@description('The messaging endpoint, as the bot registration has it.')
output endpoint string = bot.properties.endpoint
