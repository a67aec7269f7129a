export { createWewebPlugin } from 'lowgate/weweb'
