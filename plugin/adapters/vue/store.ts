import { defineStore } from 'pinia'
import { useAuth } from './use-auth.ts'

/**
 * The session as a Pinia store, for apps that keep their state there.
 *
 * @throws `host/not-installed` outside an app that uses `createLowgate`.
 */
export const useAuthStore = /* @__PURE__ */ defineStore('lowgate', () => useAuth())
