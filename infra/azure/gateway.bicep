// The one public address. It ends TLS for the site and the packages' wildcard name, passes Host on, and buffers neither requests nor answers.
param name string
param location string
param identityId string
param subnetId string
param certificateUri string
param host string
param packagesHost string
param backend string
param logsId string

var hosts = [host, '*.${packagesHost}']

resource address 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: name
  location: location
  sku: { name: 'Standard' }
  zones: ['1', '2', '3']
  properties: { publicIPAllocationMethod: 'Static' }
}

resource gateway 'Microsoft.Network/applicationGateways@2024-05-01' = {
  name: name
  location: location
  zones: ['1', '2', '3']
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    sku: { name: 'Standard_v2', tier: 'Standard_v2' }
    autoscaleConfiguration: { minCapacity: 2, maxCapacity: 10 }
    enableHttp2: true
    sslPolicy: { policyType: 'Predefined', policyName: 'AppGwSslPolicy20220101' }
    globalConfiguration: { enableRequestBuffering: false, enableResponseBuffering: false }
    gatewayIPConfigurations: [{ name: 'inside', properties: { subnet: { id: subnetId } } }]
    frontendIPConfigurations: [{ name: 'outside', properties: { publicIPAddress: { id: address.id } } }]
    frontendPorts: [
      { name: 'http', properties: { port: 80 } }
      { name: 'https', properties: { port: 443 } }
    ]
    sslCertificates: [{ name: 'site', properties: { keyVaultSecretId: certificateUri } }]
    backendAddressPools: [{ name: 'seedlot', properties: { backendAddresses: [{ ipAddress: backend }] } }]
    probes: [
      {
        name: 'ready'
        properties: { protocol: 'Http', host: host, port: 8080, path: '/health/ready', interval: 10, timeout: 5, unhealthyThreshold: 3, match: { statusCodes: ['200'] } }
      }
    ]
    backendHttpSettingsCollection: [
      {
        name: 'seedlot'
        properties: {
          protocol: 'Http'
          port: 8080
          cookieBasedAffinity: 'Disabled'
          pickHostNameFromBackendAddress: false
          // A silent stream of statements says something each 15 seconds; large packages take their time.
          requestTimeout: 3600
          connectionDraining: { enabled: true, drainTimeoutInSec: 60 }
          probe: { id: resourceId('Microsoft.Network/applicationGateways/probes', name, 'ready') }
        }
      }
    ]
    httpListeners: [
      {
        name: 'https'
        properties: {
          protocol: 'Https'
          hostNames: hosts
          frontendIPConfiguration: { id: resourceId('Microsoft.Network/applicationGateways/frontendIPConfigurations', name, 'outside') }
          frontendPort: { id: resourceId('Microsoft.Network/applicationGateways/frontendPorts', name, 'https') }
          sslCertificate: { id: resourceId('Microsoft.Network/applicationGateways/sslCertificates', name, 'site') }
        }
      }
      {
        name: 'http'
        properties: {
          protocol: 'Http'
          hostNames: hosts
          frontendIPConfiguration: { id: resourceId('Microsoft.Network/applicationGateways/frontendIPConfigurations', name, 'outside') }
          frontendPort: { id: resourceId('Microsoft.Network/applicationGateways/frontendPorts', name, 'http') }
        }
      }
    ]
    redirectConfigurations: [
      {
        name: 'https'
        properties: { redirectType: 'Permanent', targetListener: { id: resourceId('Microsoft.Network/applicationGateways/httpListeners', name, 'https') }, includePath: true, includeQueryString: true }
      }
    ]
    requestRoutingRules: [
      {
        name: 'https'
        properties: {
          priority: 10
          ruleType: 'Basic'
          httpListener: { id: resourceId('Microsoft.Network/applicationGateways/httpListeners', name, 'https') }
          backendAddressPool: { id: resourceId('Microsoft.Network/applicationGateways/backendAddressPools', name, 'seedlot') }
          backendHttpSettings: { id: resourceId('Microsoft.Network/applicationGateways/backendHttpSettingsCollection', name, 'seedlot') }
        }
      }
      {
        name: 'http'
        properties: {
          priority: 20
          ruleType: 'Basic'
          httpListener: { id: resourceId('Microsoft.Network/applicationGateways/httpListeners', name, 'http') }
          redirectConfiguration: { id: resourceId('Microsoft.Network/applicationGateways/redirectConfigurations', name, 'https') }
        }
      }
    ]
  }
}

resource measured 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: gateway
  name: 'health'
  properties: { workspaceId: logsId, metrics: [{ category: 'AllMetrics', enabled: true }] }
}

output address string = address.properties.ipAddress
