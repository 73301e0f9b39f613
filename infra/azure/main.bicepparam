using 'main.bicep'

// What is in capitals is yours to fill in. The two secrets come from the environment, and stay out of this file.
param image = 'REGISTRY.azurecr.io/seedlot:0.1.0-cloud'
param registry = 'REGISTRY'
param host = 'LEARN.EXAMPLE.ORG'
param packagesHost = 'PACKAGES.EXAMPLE.ORG'
param adminEmail = 'ADMIN@EXAMPLE.ORG'
param adminPassword = readEnvironmentVariable('SEEDLOT_ADMIN_PASSWORD')
param certificate = readEnvironmentVariable('SEEDLOT_CERTIFICATE')
