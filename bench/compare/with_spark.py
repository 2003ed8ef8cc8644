"""Answers by Spark SQL, on the Parquet files, all in one virtual machine."""

from __future__ import annotations

from pyspark.sql import SparkSession

from bench.sessions import answer_questions, read_task

task = read_task()
settings = {
    "spark.driver.memory": f"{task['memory_gb']}g",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.local.dir": task["folder"],
    "spark.sql.warehouse.dir": task["folder"],
    # The default, 200, is for a cluster.
    "spark.sql.shuffle.partitions": "8",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
spark = SparkSession.builder.master(f"local[{task['threads']}]").config(map=settings).getOrCreate()
for table, file in task["tables"].items():
    spark.read.parquet(file).createOrReplaceTempView(table)
answer_questions(lambda name: spark.sql(task["queries"][name]).collect())
spark.stop()
