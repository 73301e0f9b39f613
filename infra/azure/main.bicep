// Seedlot's Cloud edition on Azure: an application gateway in front, everything else without a public address.
//   gateway (TLS) -> Container Apps -> Azure SQL, Blob Storage, a share for unfinished uploads; secrets in Key Vault.
// deploy.sh runs it twice: with serve=false it makes the migration job of the new image ready, with serve=true the program.

@description('Where everything is.')
param location string = resourceGroup().location
@description('Begins the names of everything; with what makes them unique.')
@minLength(4)
@maxLength(11)
param name string = 'seedlot'
@description('The image of the Cloud edition, with its registry and tag.')
param image string
@description('The name of the registry in this resource group that holds the image.')
param registry string
@description('The name that people use, without https://.')
param host string
@description('The name beneath which each packaged course has an origin of its own.')
param packagesHost string
@description('The first administrator.')
param adminEmail string
@secure()
@description('The password of the first administrator.')
param adminPassword string
@secure()
@description('The certificate for the host and *.packagesHost, as PFX without a password, in base 64.')
param certificate string
@description('False leaves the program that serves as it is, and makes only what it needs and the migration job.')
param serve bool = true
@minValue(2)
param minReplicas int = 3
@maxValue(100)
param maxReplicas int = 12
@description('Cores and memory of the database.')
param databaseSku object = { name: 'GP_Gen5', tier: 'GeneralPurpose', family: 'Gen5', capacity: 4 }

var suffix = uniqueString(resourceGroup().id)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: name
  location: location
  properties: { sku: { name: 'PerGB2018' }, retentionInDays: 90 }
}

module network 'network.bicep' = {
  name: 'network'
  params: { name: name, location: location }
}

module vault 'vault.bicep' = {
  name: 'vault'
  params: {
    name: '${name}${suffix}'
    location: location
    principalId: identity.properties.principalId
    adminPassword: adminPassword
    certificate: certificate
    endpoint: network.outputs.endpoints.vault
    logsId: logs.id
  }
}

module data 'data.bicep' = {
  name: 'data'
  params: {
    name: '${name}${suffix}'
    location: location
    identityName: identity.name
    endpoints: network.outputs.endpoints
    databaseSku: databaseSku
    logsId: logs.id
  }
}

module program 'program.bicep' = {
  name: serve ? 'program' : 'migration'
  params: {
    name: name
    location: location
    identityName: identity.name
    subnetId: network.outputs.appsSubnetId
    logsName: logs.name
    registry: registry
    image: image
    serve: serve
    host: host
    packagesHost: packagesHost
    adminEmail: adminEmail
    firstSignInUri: vault.outputs.firstSignInUri
    sqlServer: data.outputs.sqlServer
    blobUri: data.outputs.blobUri
    shareAccount: data.outputs.shareAccount
    minReplicas: minReplicas
    maxReplicas: maxReplicas
  }
}

module gateway 'gateway.bicep' = if (serve) {
  name: 'gateway'
  params: {
    name: name
    location: location
    identityId: identity.id
    subnetId: network.outputs.gatewaySubnetId
    certificateUri: vault.outputs.certificateUri
    host: host
    packagesHost: packagesHost
    backend: program.outputs.address
    logsId: logs.id
  }
}

output job string = program.outputs.job
output address string = serve ? gateway!.outputs.address : ''
