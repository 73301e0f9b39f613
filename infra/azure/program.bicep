// The program in several replicas without affinity, and the job that migrates the database before they start.
param name string
param location string
param identityName string
param subnetId string
param logsName string
param registry string
param image string
param serve bool
param host string
param packagesHost string
param adminEmail string
param firstSignInUri string
param sqlServer string
param blobUri string
param shareAccount string
param minReplicas int
param maxReplicas int

var port = 8080
var pull = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = { name: identityName }
resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = { name: logsName }
resource share 'Microsoft.Storage/storageAccounts@2024-01-01' existing = { name: shareAccount }
resource images 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = { name: registry }

resource pulls 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: images
  name: guid(images.id, identity.id, pull)
  properties: { principalId: identity.properties.principalId, principalType: 'ServicePrincipal', roleDefinitionId: pull }
}

resource apps 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: name
  location: location
  properties: {
    zoneRedundant: true
    vnetConfiguration: { internal: true, infrastructureSubnetId: subnetId }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: { customerId: logs.properties.customerId, sharedKey: logs.listKeys().primarySharedKey }
    }
  }

  resource data 'storages' = {
    name: 'data'
    properties: {
      azureFile: { accountName: share.name, accountKey: share.listKeys().keys[0].value, shareName: 'data', accessMode: 'ReadWrite' }
    }
  }
}

var settings = [
  { name: 'LMS__PublicUrl', value: 'https://${host}' }
  { name: 'LMS__Packages__Host', value: packagesHost }
  { name: 'LMS__Admin__Email', value: adminEmail }
  { name: 'LMS__Admin__Password', secretRef: 'admin-password' }
  { name: 'LMS__Database__Provider', value: 'SqlServer' }
  { name: 'LMS__Database__ConnectionString', value: 'Server=tcp:${sqlServer},1433;Database=seedlot;Encrypt=True;Authentication=Active Directory Managed Identity;User Id=${identity.properties.clientId}' }
  { name: 'LMS__Jobs__Provider', value: 'Hangfire' }
  { name: 'LMS__Files__Provider', value: 'AzureBlob' }
  { name: 'LMS__Files__ServiceUri', value: blobUri }
  { name: 'LMS__Files__Container', value: 'seedlot' }
  { name: 'AZURE_CLIENT_ID', value: identity.properties.clientId }
  { name: 'ASPNETCORE_FORWARDEDHEADERS_ENABLED', value: 'true' }
]
var secrets = [{ name: 'admin-password', keyVaultUrl: firstSignInUri, identity: identity.id }]
var registries = [{ server: images.properties.loginServer, identity: identity.id }]
var identities = { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
// The user of the image owns what the share holds.
var volumes = [{ name: 'data', storageType: 'AzureFile', storageName: apps::data.name, mountOptions: 'uid=1654,gid=1654,dir_mode=0700,file_mode=0600,nobrl' }]
var mounts = [{ volumeName: 'data', mountPath: '/data' }]

resource migrate 'Microsoft.App/jobs@2024-03-01' = {
  name: '${name}-migrate'
  location: location
  identity: identities
  dependsOn: [pulls]
  properties: {
    environmentId: apps.id
    workloadProfileName: 'Consumption'
    configuration: {
      triggerType: 'Manual'
      manualTriggerConfig: { parallelism: 1, replicaCompletionCount: 1 }
      replicaTimeout: 3600
      replicaRetryLimit: 3
      secrets: secrets
      registries: registries
    }
    template: {
      containers: [{ name: 'migrate', image: image, args: ['migrate'], env: settings, volumeMounts: mounts, resources: { cpu: json('0.5'), memory: '1Gi' } }]
      volumes: volumes
    }
  }
}

resource program 'Microsoft.App/containerApps@2024-03-01' = if (serve) {
  name: name
  location: location
  identity: identities
  dependsOn: [pulls]
  properties: {
    environmentId: apps.id
    workloadProfileName: 'Consumption'
    configuration: {
      // The next revision takes over when its probes answer, not before.
      activeRevisionsMode: 'Single'
      maxInactiveRevisions: 3
      // As TCP, since the HTTP ingress knows no wildcard names: the gateway ends TLS, and connections go to any replica.
      ingress: { external: true, transport: 'tcp', targetPort: port, exposedPort: port }
      secrets: secrets
      registries: registries
    }
    template: {
      terminationGracePeriodSeconds: 45
      containers: [
        {
          name: 'seedlot'
          image: image
          env: settings
          volumeMounts: mounts
          resources: { cpu: json('1.0'), memory: '2Gi' }
          probes: [
            { type: 'Startup', httpGet: { path: '/health/live', port: port }, periodSeconds: 5, failureThreshold: 40 }
            { type: 'Readiness', httpGet: { path: '/health/ready', port: port }, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 2 }
            { type: 'Liveness', httpGet: { path: '/health/live', port: port }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 }
          ]
        }
      ]
      volumes: volumes
      scale: { minReplicas: minReplicas, maxReplicas: maxReplicas, rules: [{ name: 'cpu', custom: { type: 'cpu', metadata: { type: 'Utilization', value: '70' } } }] }
    }
  }
}

output job string = migrate.name
output address string = apps.properties.staticIp
