export { runAction } from 'lowgate/workflow-actions'
