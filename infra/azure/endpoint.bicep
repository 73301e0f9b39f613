// A private endpoint of one service, with its name in the network's zone.
param name string
param location string
param serviceId string
@description('Which of the service\'s doors: sqlServer, blob, file, vault.')
param door string
@description('The subnet and the zone.')
param place object

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: '${name}-${door}'
  location: location
  properties: {
    subnet: { id: place.subnetId }
    privateLinkServiceConnections: [{ name: door, properties: { privateLinkServiceId: serviceId, groupIds: [door] } }]
  }

  resource names 'privateDnsZoneGroups' = {
    name: 'default'
    properties: { privateDnsZoneConfigs: [{ name: door, properties: { privateDnsZoneId: place.zoneId } }] }
  }
}
