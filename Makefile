# 会办：make 或 make help 列出全部命令。
.DEFAULT_GOAL := help
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed

.PHONY: help
help: ## 列出全部命令
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(INSTALLED) ## 安装依赖；requirements.txt 或 pyproject.toml 变了才重装
	@deploy/install-tools

$(INSTALLED): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "需要 Python 3.11 以上（可用 make setup PYTHON=python3.11 指定）。"; exit 1; }
	@$(PYTHON) -m venv .venv \
	  || { echo "无法建立虚拟环境；请运行：sudo apt-get install -y python3-venv"; exit 1; }
	@echo "正在安装 Python 依赖……"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.PHONY: check
check: $(INSTALLED) ## 检查：格式、写法、类型、谁能引用谁、页面模板
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint services/portal/templates

.PHONY: test
test: $(INSTALLED) ## 全部测试，包括真实的 Kafka 和 PostgreSQL
	$(BIN)/python -m pytest --numprocesses 2 --dist loadscope --no-loadscope-reorder

.PHONY: demo
demo: setup ## 演示龙华区2024年；make demo ONCE=1 演完即止
	@$(BIN)/huiban demo $(if $(ONCE),--once)

.PHONY: bench
bench: setup ## 性能测试，结果在 var/bench/
	@$(BIN)/python -m tests.bench

.PHONY: year
year: setup ## 模拟一座城市的一年；重演：make year SEED=123
	@$(BIN)/python -m tests.simulation $(if $(SEED),--seed $(SEED))

.PHONY: up
up: setup ## 启动全部服务，直到 Ctrl-C
	@$(BIN)/huiban up

.PHONY: pictures
pictures: $(INSTALLED) ## 重新拍摄使用手册的图（办一遍全部事项，需要 Chromium）
	HUIBAN_PICTURES=renew $(BIN)/python -m pytest tests/browser/acts

.PHONY: contracts
contracts: $(INSTALLED) ## 重新生成对外的约定
	@$(BIN)/huiban contracts

.PHONY: compose-env
compose-env: ## 为 docker compose 生成口令（写入 .env，只生成一次）
	@test -e .env || (umask 077; for name in POSTGRES \
	    HUIBAN_{PORTAL,REGISTRY,INTAKE,ASSIGNMENT,REPLY,ESCALATION}_DATABASE; do \
	  echo "$${name}_PASSWORD=$$($(PYTHON) -c 'import secrets; print(secrets.token_hex(16))')"; \
	done >.env)

.PHONY: clean
clean: ## 删除 var/ 里的数据、密钥和日志，以及各种缓存
	@if [ -e var/up.lock ] && ! flock --nonblock var/up.lock true; then \
	  echo "会办正在运行，请先按 Ctrl-C 结束。"; exit 1; fi
	@for elsewhere in $$(find var -name elsewhere -type l 2>/dev/null); do \
	  rm -rf "$$(readlink -f "$$elsewhere")"; done
	rm -rf var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
