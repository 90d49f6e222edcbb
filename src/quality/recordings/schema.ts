import { Type } from 'typebox'

export const RecordingParams = Type.Object({ id: Type.String({ format: 'uuid' }) })
