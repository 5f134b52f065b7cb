export { ConfigurationFileError, parseConfigurationText, readConfigurationFile } from './read-configuration-file.ts'
