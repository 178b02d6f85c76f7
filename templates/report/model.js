/* The model, translated from its formulas. Do not edit: run `python -m planner.sizing.javascript`. */
const PLAN = (() => {
const memo = (made) => { const known = new Map(); return (...given) => { const key = given.join(); if (!known.has(key)) { if (known.size > 4096) known.clear(); known.set(key, made(...given)); } return known.get(key); }; };
const bisect = (values, value, right) => { let low = 0, high = values.length; while (low < high) { const middle = (low + high) >> 1; if (right ? value < values[middle] : !(values[middle] < value)) high = middle; else low = middle + 1; } return low; };
const bits = (value) => { let count = 0; while (value >= 1) { value = Math.floor(value / 2); count += 1; } return count; };
const table_ram_sizes = {"values": [8000000000, 16000000000, 32000000000, 64000000000, 128000000000, 256000000000, 512000000000, 1024000000000], "thresholds": []};
const table_disk_sizes = {"values": [500000000000, 1000000000000, 2000000000000, 4000000000000, 8000000000000, 16000000000000, 32000000000000, 64000000000000], "thresholds": []};
const table_link_rates = {"values": [1000000000, 10000000000, 25000000000, 40000000000, 100000000000, 400000000000], "thresholds": []};
const table_tier_cpu_cores = {"values": [4, 8, 16, 32], "thresholds": []};
const table_tier_ram_bytes = {"values": [8000000000, 16000000000, 32000000000, 64000000000], "thresholds": []};
const table_tier_disk_bytes = {"values": [500000000000, 500000000000, 1000000000000, 2000000000000], "thresholds": []};
const _choose = (condition, yes, no) => {
return (condition ? yes : no);
};
const hump = (channels, load, m) => {
let bend, mode, reach, slope, width;
mode = m.maximum((channels - load), 0.0);
reach = (load + mode);
slope = (1.0 - (channels / reach));
bend = (channels / (reach * reach));
width = ((m.sqrt(((slope * slope) + ((2.0 * 33.0) * bend))) - slope) / bend);
return [mode, m.maximum((mode - width), 0.0), (mode + (width * (1.0 + ((0.4 * width) / reach))))];
};
const _legendre = (count, x) => {
let before, order, value;
[before, value] = [1.0, x];
for (order = 2; order < (count + 1); order += 1) {
[before, value] = [value, ((((((2 * order) - 1) * x) * value) - ((order - 1) * before)) / order)];
}
return [value, ((count * ((x * value) - before)) / ((x * x) - 1))];
};
const gauss_legendre = memo((count) => {
let _, index, nodes, slope, value, weight, x;
nodes = [];
for (index = 0; index < Math.floor(count / 2); index += 1) {
x = Math.cos(((3.141592653589793 * (index + 0.75)) / (count + 0.5)));
for (_ = 0; _ < 4; _ += 1) {
[value, slope] = _legendre(count, x);
x -= (value / slope);
}
weight = (2 / (((1 - (x * x)) * slope) * slope));
nodes.push(...[[x, weight], [(-x), weight]]);
}
return nodes;
});
const integrated = (channels, load, nodes, m) => {
let area, at, end, exp, growth, half, height, log1p, middle, mode, node, part, slope, start, weight;
[mode, start, end] = hump(channels, load, m);
height = ((channels * m.log1p((mode / load))) - mode);
half = ((end - start) * 0.5);
middle = (start + half);
area = slope = 0.0;
[log1p, exp] = [m.log1p, m.exp];
for ([node, weight] of gauss_legendre(nodes)) {
at = (middle + (half * node));
growth = log1p((at / load));
part = (weight * exp((((channels * growth) - at) - height)));
area = (area + part);
slope = (slope + (part * growth));
}
return [(height + m.log((area * half))), (slope / area)];
};
const log_reciprocal = (channels, load, m) => {
return integrated(channels, load, 40, m);
};
const _improved = (load, count, found, goal, m) => {
let blocking, missing, overloaded, reciprocal, slope;
[blocking, overloaded] = goal;
slope = ((count - load) + (load * m.exp((-found))));
missing = (m.log(blocking) + found);
reciprocal = m.maximum((1.0 - ((m.exp(m.minimum(missing, 1.0)) - 1.0) / slope)), 0.1);
return m.where(overloaded, (load / reciprocal), (load * m.exp(m.minimum((missing / slope), 1.0))));
};
const solve_load = (count, blocking, m) => {
let _, density, found, least, load, spread;
density = (blocking * m.sqrt(((2.0 * 3.141592653589793) * count)));
spread = m.sqrt((((-2.0) * m.log(m.minimum(density, 1.0))) * count));
least = (m.exp(((m.log(density) / count) - 1.0)) * count);
load = m.where((density > 1.0), (count / (1.0 - blocking)), m.maximum((count - spread), m.maximum(least, 1e-200)));
for (_ = 0; _ < 6; _ += 1) {
found = log_reciprocal(count, load, m)[0];
load = m.maximum(_improved(load, count, found, [blocking, (density > 1.0)], m), 1e-200);
}
return load;
};
const erlangs = memo((count, blocking) => {
return ((count > 0) ? solve_load(count, blocking, {"exp": Math.exp, "log": Math.log, "log1p": Math.log1p, "sqrt": Math.sqrt, "maximum": Math.max, "minimum": Math.min, "where": _choose}) : 0.0);
});
const where = (condition, yes, no) => {
return (condition ? yes() : no());
};
const _full = (count, callers, idle_load) => {
let state, term, total;
[state, total, term] = [count, 1.0, 1.0];
while (((state > 0) && (term > (total * 1e-17)))) {
term *= (state / (((callers - state) + 1) * idle_load));
total += term;
state -= 1;
}
return (1 / total);
};
const finite_channels = (load, sources, blocking) => {
let busy, callers, carried, count, found, idle_load, reach;
callers = Math.trunc(sources);
if (((load <= 0) || (callers <= 0))) {
return 0.0;
}
busy = Math.min((load / callers), (1 - 1e-09));
idle_load = (busy / (1 - busy));
reach = (idle_load * (1 - blocking));
count = Math.max((Math.trunc((((callers * reach) / (1 + reach)) * (1 - 1e-09))) - 1), 0);
found = _full(count, (callers - 1), idle_load);
while (((found > (blocking * (1 + 1e-09))) && (count < callers))) {
count += 1;
carried = (((callers - count) * idle_load) * found);
found = (carried / (count + carried));
}
return count;
};
const _count_up = (load, blocking) => {
let carried, found, step;
[found, step] = [1.0, 0];
while ((found > (blocking * (1 + 1e-09)))) {
step += 1;
carried = (load * found);
found = (carried / (step + carried));
}
return step;
};
const _step = (missing, overloaded, m) => {
return m.where(overloaded, (1.0 - m.exp((-missing))), missing);
};
const solve_channels = (load, blocking, m) => {
let _, channels, density, found, slope, spread, wanted;
wanted = (-m.log(blocking));
density = (blocking * m.sqrt(((2.0 * 3.141592653589793) * load)));
spread = m.sqrt((((-2.0) * m.log(m.minimum(density, 1.0))) * load));
channels = (m.maximum((load * (1.0 - blocking)), (load + spread)) + 1.0);
for (_ = 0; _ < 4; _ += 1) {
[found, slope] = log_reciprocal(channels, load, m);
channels = m.maximum((channels + (_step((wanted - found), (density > 1.0), m) / slope)), 0.01);
}
return channels;
};
const deviations = memo((position, blocking) => {
let load;
load = Math.exp((position * 0.25));
return ((solve_channels(load, blocking, {"exp": Math.exp, "log": Math.log, "log1p": Math.log1p, "sqrt": Math.sqrt, "maximum": Math.max, "minimum": Math.min, "where": _choose}) - (load * (1 - blocking))) / Math.sqrt(load));
});
const _curve = memo((start, blocking) => {
let before, behind, bend, here, rise, there, turn;
[before, here] = [deviations(start, blocking), deviations((start + 1), blocking)];
[there, behind] = [deviations((start + 2), blocking), deviations((start + 3), blocking)];
[rise, bend] = [(here - before), ((there - (2 * here)) + before)];
turn = (((behind - (3 * there)) + (3 * here)) - before);
return [before, ((rise - (bend / 2)) + (turn / 3)), ((bend / 2) - (turn / 2)), (turn / 6)];
});
const nearest = (whole, load, blocking, m) => {
let found, slope, start;
start = m.maximum(whole, 1.0);
[found, slope] = log_reciprocal(start, load, m);
return (start + (((-m.log(blocking)) - found) / slope));
};
const channels = memo((load, blocking) => {
let at, constant, first, found, second, spread, start, third, x;
if ((load <= 0)) {
return 0.0;
}
if ((load < 40.0)) {
return _count_up(load, blocking);
}
at = (Math.log(load) / 0.25);
start = (Math.trunc(at) - 1);
x = (at - start);
[constant, first, second, third] = _curve(start, blocking);
spread = (constant + (x * (first + (x * (second + (x * third))))));
found = ((load * (1 - blocking)) + (spread * Math.sqrt(load)));
if ((Math.abs((found - Math.round(found))) < (0.01 * (1 + (Math.sqrt(load) / 256))))) {
found = (nearest(Math.round(found), load, blocking, {"exp": Math.exp, "log": Math.log, "log1p": Math.log1p, "sqrt": Math.sqrt, "maximum": Math.max, "minimum": Math.min, "where": _choose}) * (1 - 1e-09));
}
return Math.ceil(found);
});
const surged = (load, ratio, measured, deviations) => {
let level, root;
if ((measured <= 0)) {
return (load * ratio);
}
root = ((Math.sqrt(((deviations * deviations) + ((4 * ratio) * measured))) - deviations) / 2);
level = (load * ((root * root) / measured));
return (level + (deviations * Math.sqrt(level)));
};
const whole = (value) => {
return Math.ceil((value * (1.0 - 1e-09)));
};
const ceil = (value) => {
return whole(value);
};
const quotient = (value, divisor, most) => {
return ((divisor > 0) ? Math.min((value / divisor), most) : most);
};
const excess = (value, limit) => {
return ((value > limit) ? (value - limit) : 0.0);
};
const exceeds = (ratio) => {
return ((ratio > (1.0 + 1e-09)) ? 1.0 : 0.0);
};
const part = (peak, load, servers, blocking, sources) => {
let callers, each;
if ((servers <= 1)) {
return peak;
}
if ((!sources)) {
return Math.min(peak, channels((load / servers), blocking));
}
callers = Math.ceil((sources / servers));
each = finite_channels(((load / sources) * callers), callers, blocking);
return Math.min(peak, each);
};
const split = (fixed, per_call, shared, capacity, least_room, peak, load, blocking, sources) => {
let carried, each, enough, few, room, servers, step;
room = ((capacity - fixed) * (1 + 1e-09));
if (((room < per_call) || (room <= 0))) {
return 0.0;
}
if ((((per_call * peak) + shared) <= room)) {
return 1.0;
}
if ((room < (least_room * capacity))) {
return 0.0;
}
carried = ((per_call * load) * (1 - blocking));
[few, enough, step] = [Math.max((Math.ceil((((carried + shared) / room) * (1 - 1e-09))) - 1.0), 1.0), Infinity, 1.0];
while (((enough - few) > 1)) {
servers = ((enough === Infinity) ? (few + step) : Math.floor((few + enough) / 2));
each = part(peak, load, servers, blocking, sources, finite_channels);
if ((((per_call * each) + (shared / servers)) > room)) {
[few, step] = [servers, (2 * step)];
} else {
enough = servers;
}
}
return enough;
};
const choose = (index, ...values) => {
return values[Math.trunc(index)];
};
const pick = (index, table) => {
return table.values[Math.trunc(index)];
};
const rung = (value, table) => {
return table.values[Math.min(bisect(table.values, (value * (1 - 1e-09)), false), (table.values.length - 1))];
};
const power_of_two = (value) => {
return (1 * 2 ** bits(Math.max((Math.ceil(value) - 1), 0)));
};
const within = (need, limit) => {
return (need <= (limit * (1 + 1e-09)));
};
const fixed = (values) => {
let figure, leaf;
return {...{["given.plan"]: 1.0}, ...Object.fromEntries(Object.entries({"plan.servers": "hardware.servers_planned", "plan.tier": "hardware.tier_index", "plan.ram": "server.ram_installed", "plan.disk": "server.disk_installed", "plan.nic": "server.link_installed"}).map(([leaf, figure]) => [leaf, values[figure]]))};
};
const grown = (leaves, growth, month) => {
let name;
return {...leaves, ...Object.fromEntries(["given.cps", "given.concurrent_calls", "given.daily_minutes"].map((name) => [name, (leaves[name] * ((1 + growth) ** month))]))};
};
const first_month = (holds, horizon) => {
let high, low, middle;
if ((!holds(0))) {
return 0;
}
if (holds(horizon)) {
return null;
}
[low, high] = [0, horizon];
while (((high - low) > 1)) {
middle = Math.floor((low + high) / 2);
[low, high] = (holds(middle) ? [middle, high] : [low, middle]);
}
return high;
};
const model = (L) => {
let v0, v1, v10, v100, v101, v102, v103, v104, v105, v106, v107, v108, v109, v11, v110, v111, v112, v113, v114, v115, v116, v117, v118, v119, v12, v120, v121, v122, v123, v124, v125, v126, v127, v128, v129, v13, v130, v131, v132, v133, v134, v135, v136, v137, v138, v139, v14, v140, v141, v142, v143, v144, v145, v146, v147, v148, v149, v15, v150, v151, v152, v153, v154, v155, v156, v157, v158, v159, v16, v160, v161, v162, v163, v164, v165, v166, v167, v168, v169, v17, v170, v171, v172, v173, v174, v175, v176, v177, v178, v179, v18, v180, v181, v182, v183, v184, v185, v186, v187, v188, v189, v19, v190, v191, v192, v193, v194, v195, v196, v197, v198, v199, v2, v20, v200, v201, v202, v203, v204, v205, v206, v207, v208, v209, v21, v210, v211, v212, v213, v214, v215, v216, v217, v218, v219, v22, v220, v221, v222, v223, v224, v225, v226, v227, v228, v229, v23, v230, v231, v232, v233, v234, v235, v236, v237, v238, v239, v24, v240, v241, v242, v243, v244, v245, v246, v247, v248, v249, v25, v250, v251, v252, v253, v254, v255, v256, v257, v258, v259, v26, v260, v261, v262, v263, v264, v265, v266, v267, v268, v269, v27, v270, v271, v272, v273, v274, v275, v276, v277, v278, v279, v28, v280, v281, v282, v283, v284, v285, v286, v287, v288, v289, v29, v290, v291, v292, v293, v294, v295, v296, v297, v298, v299, v3, v30, v300, v301, v302, v303, v304, v305, v306, v307, v308, v309, v31, v310, v311, v312, v313, v314, v315, v316, v317, v318, v319, v32, v320, v321, v322, v323, v324, v325, v326, v327, v328, v329, v33, v330, v331, v332, v333, v334, v335, v336, v337, v338, v339, v34, v340, v35, v36, v37, v38, v39, v4, v40, v41, v42, v43, v44, v45, v46, v47, v48, v49, v5, v50, v51, v52, v53, v54, v55, v56, v57, v58, v59, v6, v60, v61, v62, v63, v64, v65, v66, v67, v68, v69, v7, v70, v71, v72, v73, v74, v75, v76, v77, v78, v79, v8, v80, v81, v82, v83, v84, v85, v86, v87, v88, v89, v9, v90, v91, v92, v93, v94, v95, v96, v97, v98, v99;
[v178, v179, v180, v181, v182, v183, v184, v185, v186, v187, v188, v189, v190, v191, v192, v193, v194, v195, v196, v197, v198, v199, v200, v201, v202, v203, v204, v205, v206, v207, v208, v209, v210, v211, v212, v213, v214, v215, v216, v217, v218, v219, v220, v221, v222, v223, v224, v225, v226, v227, v228, v229, v230, v231, v232, v233, v234, v235, v236, v237, v238, v239, v240, v241, v242, v243, v244, v245, v246, v247, v248, v249, v250, v251, v252, v253, v254, v255, v256, v257, v258, v259, v260, v261, v262, v263, v264, v265, v266, v267, v268, v269, v270, v271, v272, v273, v274, v275, v276, v277, v278, v279, v280, v281, v282, v283, v284, v285, v286, v287, v288, v289, v290, v291, v292, v293, v294, v295, v296, v297, v298, v299, v300, v301, v302, v303, v304, v305, v306, v307, v308, v309, v310, v311, v312, v313, v314, v315, v316, v317, v318, v319, v320, v321, v322, v323, v324, v325, v326, v327, v328, v329, v330, v331, v332, v333, v334, v335, v336, v337, v338, v339, v340] = ["given.daily_minutes", "traffic.peak_factor", "traffic.setup_time", "traffic.asr", "traffic.acd", "given.by_calls", "given.concurrent_calls", "traffic.blocking", "given.by_minutes", "given.cps", "given.peak", "given.finite", "traffic.sources", "given.surge", "traffic.peak_calls_ratio", "traffic.peaks_at_erlangs", "traffic.peak_deviations", "given.restated", "traffic.early_media_share", "option.ipv6", "header.ipv6", "header.ipv4", "option.vlan", "framing.vlan_bytes", "option.srtp", "header.srtp_tag", "header.rtp", "header.udp", "framing.link_bytes", "framing.documented", "codec.caller_documented_bits_per_second", "codec.caller_packets_per_second", "codec.caller_payload", "codec.callee_documented_bits_per_second", "codec.callee_packets_per_second", "codec.callee_payload", "server.media", "sip.documented_bits_per_second_per_call", "traffic.egress_attempts", "sip.answered_bytes", "sip.failed_bytes", "sip.registrations_per_second", "sip.registration_bytes", "sip.retransmission_factor", "cdr.text_files", "cdr.recording_declared", "cdr.every_attempt", "cdr.unanswered_recorded", "traffic.load_factor", "cdr.interval", "cdr.max_files", "cdr.has_policy", "cdr.policy_days", "cdr.rotation_declared", "cdr.line_bytes", "database.zero_hold_rows", "database.row_bytes", "database.days", "limit.calls_media", "limit.calls_signalling", "given.cores", "tier.starter.concurrent_calls", "tier.signalling_factor", "limit.room", "given.storage", "server.rotating", "storage.rotating_calls", "tier.starter.rotating", "traffic.peak_cps_ratio", "traffic.peaks_at_cps", "limit.cps_media", "limit.cps_signalling", "server.cores", "tier.starter.cpu_cores", "limit.reference_cores", "cpu.share_media", "cpu.share_signalling", "codec.transcoded_share", "cpu.transcoding_factor", "cpu.reference_calls", "cpu.ceiling", "database.connections", "database.bytes_per_connection", "memory.system_bytes", "memory.java_bytes", "memory.softswitch_bytes", "option.conntrack", "sip.peers", "kernel.conntrack_entry_bytes", "memory.call_bytes", "kernel.ports_per_call", "kernel.failed_media_share", "kernel.conntrack_timeout", "database.index_bytes", "database.hot_index_window", "database.hot_rows_window", "database.pool_overhead", "given.ram", "server.ram", "tier.starter.ram_bytes", "memory.ceiling", "disk.system_bytes", "disk.log_bytes", "cdr.illegal_recorded", "attack.illegal_cps", "database.binary_log", "database.binary_log_expires", "database.binary_log_seconds", "given.disk", "server.disk", "disk.largest", "disk.ceiling", "database.innodb", "database.flush_every_commit", "database.background_fsyncs", "database.page_writes_per_row", "server.write_operations_offered", "tier.starter.write_operations_per_second", "option.rtcp", "rtcp.interval", "cpu.packets_per_core", "framing.wire_bytes", "framing.tag_bytes", "rtcp.share", "rtcp.packet_bytes", "given.nic", "server.nic", "link.fastest", "link.ceiling", "kernel.ports_available", "topology.most", "tier.professional.concurrent_calls", "tier.professional.rotating", "tier.professional.cpu_cores", "tier.professional.ram_bytes", "tier.professional.write_operations_per_second", "tier.enterprise.concurrent_calls", "tier.enterprise.rotating", "tier.enterprise.cpu_cores", "tier.enterprise.ram_bytes", "tier.enterprise.write_operations_per_second", "tier.carrier.concurrent_calls", "tier.carrier.rotating", "tier.carrier.cpu_cores", "tier.carrier.ram_bytes", "tier.carrier.write_operations_per_second", "given.plan", "plan.servers", "given.servers", "topology.servers", "topology.spare", "topology.dr", "plan.tier", "plan.ram", "plan.disk", "plan.nic", "kernel.service_descriptors", "kernel.descriptor_headroom", "traffic.peak_cps_second_ratio", "kernel.conntrack_little_ram", "kernel.conntrack_default", "kernel.conntrack_default_little", "kernel.conntrack_headroom"].map((name) => L[name]);
v0 = (((v178 * 60) / 86400) * v179);
v1 = (v180 + (v181 * v182));
v2 = where(v183, () => (erlangs(v184, v185) / v1), () => where(v186, () => (v0 / (v181 * v182)), () => v187));
v3 = where(v183, () => erlangs(v184, v185), () => where(v186, () => (v0 + (v2 * v180)), () => (v2 * v1)));
v4 = where(v188, () => v184, () => Math.max(where(v189, () => finite_channels(v3, v190, v185), () => channels(v3, v185)), where(v191, () => ceil(surged(v3, v192, v193, v194)), () => 0)));
v5 = where(v195, () => erlangs(v4, v185), () => v3);
v6 = quotient(((v180 * v196) + (v181 * v182)), v1, 1);
v7 = (v5 * v6);
v8 = Math.min(v4, channels(v7, v185));
v9 = ((where(v197, () => (v198 - v199), () => 0) + where(v200, () => v201, () => 0)) + where(v202, () => v203, () => 0));
v10 = ((((v204 + v205) + v199) + v206) + v9);
v11 = where(v207, () => (v208 + ((v209 * v9) * 8)), () => ((v210 + (v209 * v10)) * 8));
v12 = where(v207, () => (v211 + ((v212 * v9) * 8)), () => ((v213 + (v212 * v10)) * 8));
v13 = (v11 + v12);
v14 = where(v214, () => (v8 * v13), () => 0);
v15 = (v4 * v215);
v16 = (v2 * v181);
v17 = (v2 * v216);
v18 = (((((v16 * v217) + (excess(v17, v16) * v218)) + (v219 * v220)) * v221) * 8);
v19 = Math.max(v15, v18);
v20 = where(v222, () => where(v223, () => where(v224, () => 1, () => v181), () => (v181 + ((1 - v181) * exceeds((v225 + v225))))), () => 0);
v21 = (v2 * v20);
v22 = where(v186, () => (1 / v179), () => v226);
v23 = (v227 * v228);
v24 = where(v229, () => (v230 * 86400), () => v23);
v25 = where(v231, () => Math.min(v23, v24), () => v24);
v26 = (((v21 * v232) * v22) * v25);
v27 = where(v233, () => v2, () => v16);
v28 = ((v27 * 86400) * v22);
v29 = (v28 * v234);
v30 = (v29 * v235);
v31 = where(v214, () => v236, () => v237);
v32 = Math.min(v31, where(v238, () => v31, () => (v239 * where(v214, () => 1, () => v240))));
v33 = split(0, 1, 0, v32, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v34 = where(v242, () => where(v243, () => v244, () => v31), () => where(v245, () => v244, () => v31));
v35 = split(0, 1, 0, v34, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v36 = (surged((v2 * 60), v246, (v247 * 60), v194) / 60);
v37 = where(v214, () => v248, () => v249);
v38 = ((v37 * Math.min(where(v238, () => v250, () => v251), v252)) / v252);
v39 = split(0, 0, v36, v38, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v40 = quotient(v8, v4, 1);
v41 = where(v214, () => v253, () => v254);
v42 = (((((v40 * v41) + ((1 - v40) * Math.min(v41, v254))) * (1 + (v255 * excess(v256, 1)))) / v257) * v252);
v43 = (where(v238, () => v250, () => v251) * v258);
v44 = split(0, v42, 0, v43, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v45 = (v259 * v260);
v46 = (((v261 + v262) + v263) + v45);
v47 = (v46 + where(v264, () => (v265 * v266), () => 0));
v48 = (v267 + where(v264, () => where(v214, () => (v268 * v266), () => 0), () => 0));
v49 = where(v214, () => (((v16 + (excess(v2, v16) * v269)) * v268) * v270), () => 0);
v50 = (((v27 * v22) * v271) * v272);
v51 = (v50 + ((v27 * v234) * v273));
v52 = (where(v264, () => (v49 * v266), () => 0) + (v51 * v274));
v53 = where(v275, () => v276, () => v277);
v54 = split((v47 / v278), (v48 / v278), (v52 / v278), v53, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v55 = (v279 + v280);
v56 = where(v222, () => where(v281, () => (v282 * 86400), () => 0), () => 0);
v57 = (((v56 * v232) * v25) / 86400);
v58 = where(v283, () => (v28 * excess(v234, v271)), () => 0);
v59 = (v58 * where(v284, () => (v285 / 86400), () => v235));
v60 = (((v26 + v57) + v30) + v59);
v61 = where(v286, () => v287, () => v288);
v62 = split((v55 / v289), 0, (v60 / v289), v61, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v63 = where(v290, () => (where(v291, () => v27, () => 0) + v292), () => 0);
v64 = ((v27 * v293) + v63);
v65 = where(v242, () => v294, () => v295);
v66 = split(0, 0, v64, v65, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v67 = (v209 + v212);
v68 = where(v214, () => (v67 + where(v296, () => ((1 + 1) / v297), () => 0)), () => 0);
v69 = (where(v238, () => v250, () => v251) * v298);
v70 = split(0, (v40 * v68), 0, v69, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v71 = (((((v204 + v205) + v199) + v299) + v9) + where(v200, () => excess(v300, v201), () => 0));
v72 = where(v296, () => Math.min((v301 * v13), (((v302 * 8) + (v302 * 8)) / v297)), () => 0);
v73 = where(v214, () => ((((v210 + v213) + (v67 * v71)) * 8) + v72), () => 0);
v74 = (where(v303, () => v304, () => v305) * v306);
v75 = Math.max(split(0, ((v40 * v73) + v215), 0, v74, v241, v4, v5, v185, where(v189, () => v190, () => 0)), split(0, (v40 * v73), v18, v74, v241, v4, v5, v185, where(v189, () => v190, () => 0)));
v76 = v307;
v77 = split(0, where(v214, () => v268, () => 0), 0, v76, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v78 = Math.max(1, v33, v35, v39, v44, v54, v62, v66, v70, v75, v77);
v79 = (((((((((excess(1, v33) + excess(1, v35)) + excess(1, v39)) + excess(1, v44)) + excess(1, v54)) + excess(1, v62)) + excess(1, v66)) + excess(1, v70)) + excess(1, v75)) + excess(1, v77));
v80 = (v78 + (v79 * v308));
v81 = Math.min(v31, where(v238, () => v31, () => (v309 * where(v214, () => 1, () => v240))));
v82 = split(0, 1, 0, v81, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v83 = where(v242, () => where(v243, () => v244, () => v31), () => where(v310, () => v244, () => v31));
v84 = split(0, 1, 0, v83, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v85 = ((v37 * Math.min(where(v238, () => v250, () => v311), v252)) / v252);
v86 = split(0, 0, v36, v85, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v87 = (where(v238, () => v250, () => v311) * v258);
v88 = split(0, v42, 0, v87, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v89 = where(v275, () => v276, () => v312);
v90 = split((v47 / v278), (v48 / v278), (v52 / v278), v89, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v91 = v62;
v92 = where(v242, () => v294, () => v313);
v93 = split(0, 0, v64, v92, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v94 = (where(v238, () => v250, () => v311) * v298);
v95 = split(0, (v40 * v68), 0, v94, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v96 = v75;
v97 = v77;
v98 = Math.max(1, v82, v84, v86, v88, v90, v91, v93, v95, v96, v97);
v99 = (((((((((excess(1, v82) + excess(1, v84)) + excess(1, v86)) + excess(1, v88)) + excess(1, v90)) + excess(1, v91)) + excess(1, v93)) + excess(1, v95)) + excess(1, v96)) + excess(1, v97));
v100 = (v98 + (v99 * v308));
v101 = Math.min(v31, where(v238, () => v31, () => (v314 * where(v214, () => 1, () => v240))));
v102 = split(0, 1, 0, v101, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v103 = where(v242, () => where(v243, () => v244, () => v31), () => where(v315, () => v244, () => v31));
v104 = split(0, 1, 0, v103, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v105 = ((v37 * Math.min(where(v238, () => v250, () => v316), v252)) / v252);
v106 = split(0, 0, v36, v105, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v107 = (where(v238, () => v250, () => v316) * v258);
v108 = split(0, v42, 0, v107, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v109 = where(v275, () => v276, () => v317);
v110 = split((v47 / v278), (v48 / v278), (v52 / v278), v109, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v111 = v62;
v112 = where(v242, () => v294, () => v318);
v113 = split(0, 0, v64, v112, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v114 = (where(v238, () => v250, () => v316) * v298);
v115 = split(0, (v40 * v68), 0, v114, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v116 = v75;
v117 = v77;
v118 = Math.max(1, v102, v104, v106, v108, v110, v111, v113, v115, v116, v117);
v119 = (((((((((excess(1, v102) + excess(1, v104)) + excess(1, v106)) + excess(1, v108)) + excess(1, v110)) + excess(1, v111)) + excess(1, v113)) + excess(1, v115)) + excess(1, v116)) + excess(1, v117));
v120 = (v118 + (v119 * v308));
v121 = Math.min(v31, where(v238, () => v31, () => (v319 * where(v214, () => 1, () => v240))));
v122 = split(0, 1, 0, v121, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v123 = where(v242, () => where(v243, () => v244, () => v31), () => where(v320, () => v244, () => v31));
v124 = split(0, 1, 0, v123, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v125 = ((v37 * Math.min(where(v238, () => v250, () => v321), v252)) / v252);
v126 = split(0, 0, v36, v125, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v127 = (where(v238, () => v250, () => v321) * v258);
v128 = split(0, v42, 0, v127, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v129 = where(v275, () => v276, () => v322);
v130 = split((v47 / v278), (v48 / v278), (v52 / v278), v129, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v131 = v62;
v132 = where(v242, () => v294, () => v323);
v133 = split(0, 0, v64, v132, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v134 = (where(v238, () => v250, () => v321) * v298);
v135 = split(0, (v40 * v68), 0, v134, v241, v4, v5, v185, where(v189, () => v190, () => 0));
v136 = v75;
v137 = v77;
v138 = Math.max(1, v122, v124, v126, v128, v130, v131, v133, v135, v136, v137);
v139 = (((((((((excess(1, v122) + excess(1, v124)) + excess(1, v126)) + excess(1, v128)) + excess(1, v130)) + excess(1, v131)) + excess(1, v133)) + excess(1, v135)) + excess(1, v136)) + excess(1, v137));
v140 = (v138 + (v139 * v308));
v141 = choose(((exceeds((v80 / Math.min(v80, v100, v120, v140))) + exceeds((Math.min(v80, v100) / Math.min(v80, v100, v120, v140)))) + exceeds((Math.min(v80, v100, v120) / Math.min(v80, v100, v120, v140)))), v78, v98, v118, v138);
v142 = where(v324, () => v325, () => where(v326, () => v327, () => Math.max(v141, v327)));
v143 = v328;
v144 = where(v329, () => v142, () => 0);
v145 = ((v142 + v143) + v144);
v146 = Math.max(Math.min(v80, v100, v120, v140), v327);
v147 = where(v324, () => v330, () => ((exceeds((v80 / v146)) + exceeds((Math.min(v80, v100) / v146))) + exceeds((Math.min(v80, v100, v120) / v146))));
v148 = part(v4, v5, v142, v185, where(v189, () => v190, () => 0));
v149 = ((exceeds((v148 / (v239 * where(v214, () => 1, () => v240)))) + exceeds((v148 / (v309 * where(v214, () => 1, () => v240))))) + exceeds((v148 / (v314 * where(v214, () => 1, () => v240)))));
v150 = pick(where(v275, () => v149, () => v147), table_tier_ram_bytes);
v151 = (1 / v142);
v152 = (((v47 + (v148 * v48)) + (v52 * v151)) / v278);
v153 = where(v324, () => v142, () => Math.max(v142, v141));
v154 = where(exceeds((v153 / v142)), () => part(v4, v5, v153, v185, where(v189, () => v190, () => 0)), () => v148);
v155 = where(v324, () => v152, () => (((v47 / v278) + (v154 * (v48 / v278))) + ((v52 / v278) / v153)));
v156 = where(v275, () => v276, () => where(v324, () => v331, () => Math.max(v150, rung(v155, table_ram_sizes))));
v157 = pick(where(v286, () => v149, () => v147), table_tier_disk_bytes);
v158 = (((v60 * v151) + v55) / v289);
v159 = where(v324, () => v158, () => ((v55 / v289) + ((v60 / v289) / v153)));
v160 = where(v286, () => v287, () => where(v324, () => v332, () => Math.max(v157, rung(v159, table_disk_sizes))));
v161 = (((v148 * v40) * v73) + Math.max((v148 * v215), (v18 * v151)));
v162 = where(v324, () => v161, () => Math.max((v154 * ((v40 * v73) + v215)), ((v154 * (v40 * v73)) + (v18 / v153))));
v163 = where(v303, () => v304, () => where(v324, () => v333, () => rung((v162 / v306), table_link_rates)));
v164 = (v36 * v151);
v165 = (v148 * v42);
v166 = (v152 * v278);
v167 = (v158 * v289);
v168 = (v64 * v151);
v169 = ((v148 * v40) * v68);
v170 = where(v214, () => (v148 * v268), () => 0);
v171 = where(v264, () => ((v170 + (v49 * v151)) + v265), () => 0);
v172 = ceil(((v170 + v334) * v335));
v173 = ceil((v24 / v227));
v174 = surged((v2 * v151), v336, v247, v194);
v175 = pick(where(v238, () => v149, () => v147), table_tier_cpu_cores);
v176 = where(v238, () => v250, () => v175);
v177 = Math.max(where(exceeds((v156 / v337)), () => v338, () => v339), power_of_two((v171 * v340)));
return {["traffic.offered_erlangs"]: v3, ["traffic.concurrent_calls_peak"]: v4, ["network.media_bits_per_second"]: v14, ["network.signalling_bits_per_second"]: v19, ["cdr.retained_bytes"]: v26, ["database.rows_per_day"]: v28, ["database.retained_bytes"]: v30, ["tier.starter.concurrent_calls_available"]: v32, ["tier.starter.cps_available"]: v38, ["tier.starter.disk_writes_available"]: v65, ["tier.starter.packets_per_second_available"]: v69, ["tier.professional.concurrent_calls_available"]: v81, ["tier.professional.cps_available"]: v85, ["tier.professional.disk_writes_available"]: v92, ["tier.professional.packets_per_second_available"]: v94, ["tier.enterprise.concurrent_calls_available"]: v101, ["tier.enterprise.cps_available"]: v105, ["tier.enterprise.disk_writes_available"]: v112, ["tier.enterprise.packets_per_second_available"]: v114, ["tier.carrier.concurrent_calls_available"]: v121, ["tier.carrier.cps_available"]: v125, ["tier.carrier.disk_writes_available"]: v132, ["tier.carrier.packets_per_second_available"]: v134, ["hardware.servers"]: v141, ["hardware.servers_planned"]: v142, ["hardware.servers_total"]: v145, ["hardware.tier_index"]: v147, ["server.concurrent_calls"]: v148, ["server.ram_installed"]: v156, ["server.disk_installed"]: v160, ["server.wire_bits_per_second"]: v161, ["server.link_installed"]: v163, ["server.cps"]: v164, ["server.cpu_cores"]: v165, ["server.ram_used"]: v166, ["server.disk_used"]: v167, ["server.write_operations_per_second"]: v168, ["server.packets_per_second"]: v169, ["server.udp_ports"]: v170, ["server.conntrack_entries"]: v171, ["server.file_descriptors"]: v172, ["cdr.required_max_files"]: v173, ["server.highest_cps"]: v174, ["server.cores_installed"]: v176, ["server.conntrack_max"]: v177};
};
return { model, within, fixed, grown, first_month };
})();
