// What must never be lost: the database and the files. The program signs in with its identity; neither has a password or key that is used.
param name string
param location string
param identityName string
param endpoints object
param databaseSku object
param logsId string

var blobContributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe')

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = { name: identityName }

resource sql 'Microsoft.Sql/servers@2023-08-01' = {
  name: name
  location: location
  properties: {
    minimalTlsVersion: '1.2'
    publicNetworkAccess: 'Disabled'
    // The program brings the schema to its version itself, so its identity administers the server. Let a group do so, and give the
    // identity db_owner of this one database, where the server is not the program's alone.
    administrators: {
      administratorType: 'ActiveDirectory'
      azureADOnlyAuthentication: true
      login: identity.name
      sid: identity.properties.principalId
      tenantId: tenant().tenantId
    }
  }

  resource database 'databases' = {
    name: 'seedlot'
    location: location
    sku: databaseSku
    properties: {
      zoneRedundant: true
      requestedBackupStorageRedundancy: 'GeoZone'
    }

    resource pointInTime 'backupShortTermRetentionPolicies' = { name: 'default', properties: { retentionDays: 35 } }
    resource longTerm 'backupLongTermRetentionPolicies' = { name: 'default', properties: { weeklyRetention: 'P8W', monthlyRetention: 'P24M' } }
  }

  resource auditing 'auditingSettings' = { name: 'default', properties: { state: 'Enabled', isAzureMonitorTargetEnabled: true } }
}

resource files 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: take('${name}files', 24)
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: {
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    publicNetworkAccess: 'Disabled'
    networkAcls: { defaultAction: 'Deny', bypass: 'None' }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      isVersioningEnabled: true
      deleteRetentionPolicy: { enabled: true, days: 35 }
      containerDeleteRetentionPolicy: { enabled: true, days: 35 }
    }

    resource container 'containers' = { name: 'seedlot', properties: { publicAccess: 'None' } }
  }
}

// Parts of uploads that are not finished. Container Apps mount a share by its key alone, so it is an account of its own with nothing else in it.
resource uploads 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: take('${name}parts', 24)
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: {
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    allowBlobPublicAccess: false
    publicNetworkAccess: 'Disabled'
    networkAcls: { defaultAction: 'Deny', bypass: 'None' }
  }

  resource shares 'fileServices' = {
    name: 'default'
    resource data 'shares' = { name: 'data', properties: { shareQuota: 256, enabledProtocols: 'SMB' } }
  }
}

resource writes 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: files
  name: guid(files.id, identity.id, blobContributor)
  properties: { principalId: identity.properties.principalId, principalType: 'ServicePrincipal', roleDefinitionId: blobContributor }
}

resource measured 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: sql::database
  name: 'health'
  properties: {
    workspaceId: logsId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'Basic', enabled: true }]
  }
}

var doors = [
  { door: 'sqlServer', id: sql.id, place: endpoints.sql }
  { door: 'blob', id: files.id, place: endpoints.blob }
  { door: 'file', id: uploads.id, place: endpoints.file }
]

module door 'endpoint.bicep' = [for d in doors: {
  name: '${d.door}-endpoint'
  params: { name: name, location: location, serviceId: d.id, door: d.door, place: d.place }
}]

output sqlServer string = sql.properties.fullyQualifiedDomainName
output blobUri string = files.properties.primaryEndpoints.blob
output shareAccount string = uploads.name
