import iam = require("./index.cjs");
export * from "./index.cjs";
export default iam;
