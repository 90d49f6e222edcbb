export { noticeRoutes } from './routes.ts'
export type { Notice } from './schema.ts'
export { countUnread, type NoticeToSend, notify, sweepNotices } from './store.ts'
export { type NoticeReplay, NoticeStream, noticesFor, replayNotices } from './stream.ts'
