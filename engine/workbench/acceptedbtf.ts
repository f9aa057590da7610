// BTF that the kernel refuses is left out, as libbpf does: it is optional. Takes and gives load requests; knows nothing of verdicts.

import type { LoadRequest } from "../object/index.ts";
import { checkBtf } from "./serve/btf/check.ts";

/** The request as libbpf puts it: without BTF, and what refers to it, when BPF_BTF_LOAD refuses the BTF. */
export function withAcceptedBtf(request: LoadRequest): LoadRequest {
	if (!request.btf || checkBtf(request.btf, 0).errno === 0) return request;
	const { btf: _refused, ...rest } = request;
	const maps = rest.maps.map(({ btfKeyTypeId: _key, btfValueTypeId: _value, ...map }) => map);
	return { ...rest, maps, functions: [], lines: [] };
}
