using './main.bicep'

param name = 'livechat'
param image = 'contoso.azurecr.io/live-chat-connector:0.1.0'
param registryName = 'contoso'
param rasaUrl = 'https://rasa.contoso.com'
param serviceNowUrl = 'https://contoso.service-now.com'
param serviceNowQueue = 'c54f0abf0a0a0b452db84664f409c79c'
param serviceNowUser = 'svc_teams'
param serviceNowPassword = readEnvironmentVariable('SERVICENOW_PASSWORD')
param databasePassword = readEnvironmentVariable('DATABASE_PASSWORD')
param more = {
  RETENTION_DAYS: '30'
}
