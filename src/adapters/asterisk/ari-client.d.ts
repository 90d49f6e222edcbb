/** The part of ari-client 2.2 that is used: REST operations, named as in Asterisk's own API description. */
declare module 'ari-client' {
  export interface AriChannel {
    readonly id: string
    readonly state: string
    readonly caller: { readonly number: string }
    readonly dialplan: { readonly app_name: string; readonly app_data: string }
  }
  export interface AriBridge {
    readonly id: string
    readonly channels: readonly string[]
  }
  export interface AriEndpoint {
    readonly technology: string
    readonly resource: string
    readonly state?: string
  }
  export interface ConfigTuple {
    readonly attribute: string
    readonly value: string
  }

  export interface Client {
    readonly channels: {
      list(): Promise<readonly AriChannel[]>
      get(args: { readonly channelId: string }): Promise<AriChannel>
      originateWithId(args: {
        readonly channelId: string
        readonly endpoint: string
        /** Where the channel goes when it is answered: an application, or an extension of the dialplan. */
        readonly app?: string
        readonly appArgs?: string
        readonly context?: string
        readonly extension?: string
        readonly callerId?: string
        /** Functions among them are called on the new channel before it is dialled. */
        readonly variables?: Readonly<Record<string, string>>
        /** Codecs to offer, best first, separated by commas. */
        readonly formats: string
        /** Seconds. */
        readonly timeout: number
      }): Promise<unknown>
      answer(args: { readonly channelId: string }): Promise<unknown>
      startMoh(args: { readonly channelId: string }): Promise<unknown>
      stopMoh(args: { readonly channelId: string }): Promise<unknown>
      playWithId(args: {
        readonly channelId: string
        readonly playbackId: string
        /** Several are separated by commas. */
        readonly media: string
      }): Promise<unknown>
      ring(args: { readonly channelId: string }): Promise<unknown>
      ringStop(args: { readonly channelId: string }): Promise<unknown>
      /** `in`: what the channel says. */
      mute(args: { readonly channelId: string; readonly direction: 'in' }): Promise<unknown>
      unmute(args: { readonly channelId: string; readonly direction: 'in' }): Promise<unknown>
      sendDTMF(args: { readonly channelId: string; readonly dtmf: string }): Promise<unknown>
      snoopChannelWithId(args: {
        readonly channelId: string
        readonly snoopId: string
        readonly spy: 'both'
        readonly whisper: 'out'
        readonly app: string
      }): Promise<unknown>
      hangup(args: { readonly channelId: string; readonly reason: string }): Promise<unknown>
    }
    readonly bridges: {
      list(): Promise<readonly AriBridge[]>
      createWithId(args: { readonly bridgeId: string; readonly type: string }): Promise<unknown>
      /** Several channels are separated by commas. */
      addChannel(args: { readonly bridgeId: string; readonly channel: string }): Promise<unknown>
      removeChannel(args: { readonly bridgeId: string; readonly channel: string }): Promise<unknown>
      destroy(args: { readonly bridgeId: string }): Promise<unknown>
    }
    readonly playbacks: {
      stop(args: { readonly playbackId: string }): Promise<unknown>
    }
    readonly endpoints: {
      listByTech(args: { readonly tech: string }): Promise<readonly AriEndpoint[]>
    }
    readonly applications: {
      subscribe(args: { readonly applicationName: string; readonly eventSource: string }): Promise<unknown>
      /** Only these event types are sent from now on. */
      filter(args: {
        readonly applicationName: string
        readonly filter: { readonly allowed: readonly { readonly type: string }[] }
      }): Promise<unknown>
    }
    readonly events: {
      userEvent(args: { readonly eventName: string; readonly application: string }): Promise<unknown>
    }
    readonly asterisk: {
      getInfo(args: {
        readonly only: 'status'
      }): Promise<{ readonly status: { readonly startup_time: string } }>
      getGlobalVar(args: { readonly variable: string }): Promise<{ readonly value: string }>
      setGlobalVar(args: { readonly variable: string; readonly value: string }): Promise<unknown>
      updateObject(args: {
        readonly configClass: string
        readonly objectType: string
        readonly id: string
        readonly fields: readonly ConfigTuple[]
      }): Promise<unknown>
    }
  }

  /** Reads the API description. The credentials become those of every client of this process. */
  export function connect(url: string, user: string, password: string): Promise<Client>
}
