// The same objects for `import`: there is one copy of the package in a process, however it is loaded.
import iam from "./index.cjs";

export const {
  open,
  command,
  Acting,
  Command,
  Database,
  Decider,
  Realm,
  Record,
  Page,
  IamError,
  InvalidError,
  NotFoundError,
  RefusedError,
  ConflictError,
  DeniedError,
  LimitError,
  StorageError,
  CorruptError,
  Worker,
  ConnectorError,
  DeliveryError,
} = iam;
export default iam;
