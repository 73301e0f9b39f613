// One network: a subnet each for the gateway, the program and the private endpoints, and the zones that give those their names.
param name string
param location string

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.40.0.0/16'] }
    subnets: [
      { name: 'gateway', properties: { addressPrefix: '10.40.0.0/24' } }
      {
        name: 'apps'
        properties: {
          addressPrefix: '10.40.2.0/23'
          delegations: [{ name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      { name: 'endpoints', properties: { addressPrefix: '10.40.4.0/24', privateEndpointNetworkPolicies: 'Enabled' } }
    ]
  }

  resource gateway 'subnets' existing = { name: 'gateway' }
  resource apps 'subnets' existing = { name: 'apps' }
  resource endpoints 'subnets' existing = { name: 'endpoints' }
}

var zones = {
  sql: 'privatelink${environment().suffixes.sqlServerHostname}'
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  file: 'privatelink.file.${environment().suffixes.storage}'
  vault: 'privatelink.vaultcore.azure.net'
}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = [for z in items(zones): {
  name: z.value
  location: 'global'
}]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [for (z, i) in items(zones): {
  parent: zone[i]
  name: name
  location: 'global'
  properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
}]

output appsSubnetId string = network::apps.id
output gatewaySubnetId string = network::gateway.id
@description('For each kind of service: the subnet of its private endpoint and the zone of its name.')
output endpoints object = {
  sql: { subnetId: network::endpoints.id, zoneId: resourceId('Microsoft.Network/privateDnsZones', zones.sql) }
  blob: { subnetId: network::endpoints.id, zoneId: resourceId('Microsoft.Network/privateDnsZones', zones.blob) }
  file: { subnetId: network::endpoints.id, zoneId: resourceId('Microsoft.Network/privateDnsZones', zones.file) }
  vault: { subnetId: network::endpoints.id, zoneId: resourceId('Microsoft.Network/privateDnsZones', zones.vault) }
}
