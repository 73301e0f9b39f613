// The secrets that no managed identity can stand for: the certificate of the gateway and the first administrator's password.
param name string
param location string
param principalId string
@secure()
param adminPassword string
@secure()
param certificate string
param endpoint object
param logsId string

var secretsUser = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6')

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: 90
    publicNetworkAccess: 'Disabled'
    networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices' }
  }

  resource password 'secrets' = { name: 'admin-password', properties: { value: adminPassword } }
  resource pfx 'secrets' = { name: 'certificate', properties: { value: certificate, contentType: 'application/x-pkcs12' } }
}

resource reads 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, principalId, secretsUser)
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: secretsUser }
}

resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'audit'
  properties: { workspaceId: logsId, logs: [{ categoryGroup: 'audit', enabled: true }] }
}

module door 'endpoint.bicep' = {
  name: 'vault-endpoint'
  params: { name: name, location: location, serviceId: vault.id, door: 'vault', place: endpoint }
}

// Without the version, so that a renewed certificate is taken within hours.
output certificateUri string = '${vault.properties.vaultUri}secrets/${vault::pfx.name}'
output firstSignInUri string = '${vault.properties.vaultUri}secrets/${vault::password.name}'
