import { readConfig } from '../src/config.ts'
import { serviceIsHealthy } from './instance/service.ts'

/** Exit code 0 when the service of this environment says that all its parts are well. */
process.exitCode = (await serviceIsHealthy(readConfig(process.env))) ? 0 : 1
